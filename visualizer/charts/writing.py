"""Charts as files: PNG and SVG, the same bytes each time."""

from __future__ import annotations

import io
import re
from pathlib import Path

from matplotlib.figure import Figure

from visualizer.charts.style import saving
from visualizer.files import write_beside
from visualizer.language import say

ENDINGS = (".png", ".svg")

_ID = re.compile(r'(\bid="|href="#|url\(#)')


def write_chart(figure: Figure, path: Path) -> None:
    """PNG or SVG by the ending (else ValueError), beside the target and renamed over it.

    Letters of an SVG are outlines: it looks the same on machines without the font. Raises OSError.
    """
    kind = path.suffix.lower()
    if kind not in ENDINGS:
        what = say("a chart is a PNG or an SVG; name it something.png or something.svg")
        raise ValueError(f"{path}: {what}")
    write_beside(path.absolute(), png_bytes(figure) if kind == ".png" else _svg(figure))


def png_bytes(figure: Figure) -> bytes:
    """The chart as a PNG."""
    return _saved(figure, "png", {"Software": None, "Title": str(figure.get_label())})


def svg_text(figure: Figure, prefix: str = "") -> str:
    """The chart as an `<svg>` element to stand in a page, without a declaration before it.

    `prefix` stands before every id in it: charts in one page need different ones.
    """
    text = _svg(figure).decode()
    return _ID.sub(rf"\g<1>{prefix}", text[text.index("<svg") :])


def _svg(figure: Figure) -> bytes:
    title = str(figure.get_label())
    return _saved(figure, "svg", {"Date": None, "Creator": None, "Title": title})


def _saved(figure: Figure, kind: str, about: dict[str, str | None]) -> bytes:
    buffer = io.BytesIO()
    with saving():
        figure.savefig(buffer, format=kind, dpi="figure", metadata=about)
    return buffer.getvalue()
