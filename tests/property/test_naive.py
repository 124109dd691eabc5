"""The engine against a model that was written without it: same losses, same causes, same exposure."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from property.compare import difference
from property.profile import examples
from property.stories import playable, story
from property.straight import with_acts
from property.worlds import INSTANTS, Story, stories

AGREED = (
    "pickup", "never", "snapshot", "transfer", "datagram", "witness", "skew", "poll", "takeover", "preempt",
    "priority", "announcements",
)  # fmt: skip
"""What the two say the same of; the fuzzer tries all mechanisms."""


@examples(200)
@given(stories(16), st.lists(INSTANTS, min_size=1, max_size=3))
def test_the_engine_agrees_with_the_naive_model(story: Story, looks: list[int]) -> None:
    assert difference(with_acts(*story), looks) is None


@examples(150)
@given(
    st.data(),
    st.lists(st.sampled_from(AGREED), min_size=1, max_size=2, unique=True),
    st.lists(INSTANTS, min_size=1, max_size=3),
)
def test_they_agree_on_mechanisms(data: st.DataObject, names: list[str], looks: list[int]) -> None:
    setup = story(lambda options: data.draw(st.sampled_from(options)), names)
    if not playable(setup):
        setup = replace(setup, commands=())
    assert difference(setup, looks) is None
