"""How charts look: the colours of the window's themes, its font, no frames, fine lines across."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import font_source_sans_pro

from visualizer.canvas.theme import Theme
from visualizer.scene.primitives import Role

# The first start on a machine makes a list of its fonts, and says so on standard error.
_log = logging.getLogger("matplotlib")
_level = _log.level
_log.setLevel(logging.ERROR)
import matplotlib.style  # noqa: E402
from matplotlib.font_manager import fontManager  # noqa: E402

_log.setLevel(_level)

Shade = tuple[float, float, float, float]
"""Red, green, blue, alpha, each 0 to 1."""

REGULAR, SEMIBOLD = "Source Sans Pro", "Source Sans Pro Semibold"
"""Families; the font has no common name for the two."""
OTHERS = "DejaVu Sans"
"""For letters that these lack, as in a title in another script; matplotlib brings it along."""
warnings.filterwarnings("ignore", "Glyph .* missing from font")  # what no font has is a box, as in the window

DOTS_PER_INCH = 100
_POINTS_PER_PIXEL = 72 / DOTS_PER_INCH

for _file in (
    font_source_sans_pro.SourceSansPro,
    font_source_sans_pro.SourceSansProSemibold,
    font_source_sans_pro.SourceSansProBold,
):
    fontManager.addfont(str(_file))


def pixels(count: float) -> float:
    """Pixels of a chart of 1600 x 900 as points."""
    return count * _POINTS_PER_PIXEL


SMALL, MEDIUM, LARGE = pixels(18), pixels(20), pixels(34)
"""Sizes of text: numbers and labels, what is said, the title."""

LINES: tuple[Role, ...] = ("sync", "request", "heartbeat", "active", "struck", "text")
"""The colours of lines that stand together, in order; their marks differ too."""

MARKS = ("o", "s", "D", "^", "v", "P")
CLOSED_FORM: Role = "announce"
DASH = (0, (5, 3))


_ALWAYS: dict[str, Any] = {
    "font.family": [REGULAR, OTHERS],
    "text.parse_math": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "failover-visualizer",
}
"""Letters of an SVG are outlines: it looks the same where the font is missing."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a theme as matplotlib takes them."""

    theme: Theme

    def __call__(self, role: Role, alpha: float = 1.0) -> Shade:
        """The colour of a role."""
        red, green, blue, own = self.theme.colour(role, alpha)
        return red / 255, green / 255, blue / 255, own / 255


@contextmanager
def styled(ink: Ink) -> Iterator[None]:
    """In here matplotlib draws like this, whatever its user has set up."""
    settings: dict[str, Any] = {
        "figure.facecolor": ink("background"),
        "figure.edgecolor": ink("background"),
        "savefig.facecolor": "auto",
        "axes.facecolor": ink("panel"),
        "axes.edgecolor": ink("link"),
        "axes.labelcolor": ink("text"),
        "axes.labelsize": MEDIUM,
        "axes.labelpad": 8,
        "axes.titlecolor": ink("text_dim"),
        "axes.titlesize": SMALL,
        "axes.titlelocation": "left",
        "axes.titlepad": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": ink("panel_edge"),
        "grid.linewidth": 1,
        "xtick.color": ink("link"),
        "ytick.color": ink("link"),
        "xtick.labelcolor": ink("text_dim"),
        "ytick.labelcolor": ink("text_dim"),
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "xtick.major.size": 5,
        "ytick.major.size": 0,
        "xtick.minor.size": 0,
        "ytick.minor.size": 0,
        "text.color": ink("text"),
        "text.parse_math": False,
        "font.size": SMALL,
        "hatch.color": ink("link"),
        "hatch.linewidth": 1,
        "legend.frameon": False,
        "legend.fontsize": SMALL,
        "legend.labelcolor": ink("text_dim"),
        "lines.solid_capstyle": "round",
    }
    with matplotlib.style.context(_ALWAYS | settings, after_reset=True):
        yield


@contextmanager
def saving() -> Iterator[None]:
    """In here a chart is drawn and saved as it was made."""
    with matplotlib.style.context(_ALWAYS, after_reset=True):
        yield
