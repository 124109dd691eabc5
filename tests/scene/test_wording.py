"""Times as labels have them: the same instant reads the same in the books, on the timeline and in a story."""

import pytest

from visualizer.scene.wording import instant, span
from visualizer.script.quantities import text_of
from visualizer.story.words import about

TIMES_US = (4_045_000, 4_055_000, 1_005_000, 2_675_000, 9_994_999, 9_995_000, 13_000_000, 1_234_567)


@pytest.mark.parametrize("time_us", TIMES_US)
def test_halves_are_rounded_up_everywhere(time_us: int):
    hundredths = (time_us + 5_000) // 10_000
    said = f"{hundredths // 100}.{hundredths % 100:02d} s"
    short = said.removesuffix(" s").rstrip("0").rstrip(".") + " s"
    assert span(time_us) == said
    assert instant(time_us) == about(time_us) == text_of(time_us, "time") == short
