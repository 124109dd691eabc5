"""The engine against a model that was written without it: same losses, same causes, same exposure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from property.compare import difference
from property.profile import examples
from property.straight import with_acts
from property.worlds import INSTANTS, Story, stories


@examples(200)
@given(stories(16), st.lists(INSTANTS, min_size=1, max_size=3))
def test_the_engine_agrees_with_the_naive_model(story: Story, looks: list[int]) -> None:
    assert difference(with_acts(*story), looks) is None
