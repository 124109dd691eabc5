"""The letters of the page, in the page: those of the pictures, so that it looks the same everywhere."""

from __future__ import annotations

import io
from functools import lru_cache

import font_source_sans_pro
from fontTools import subset

from visualizer.report.address import data_address

_WEIGHTS = {400: font_source_sans_pro.SourceSansPro, 700: font_source_sans_pro.SourceSansProBold}
_LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(ord(letter) for letter in "\u2009\u202f\u2011–—‘’“”„•…‹›€−×→≤≥✓✕"),
)
"""What the program itself writes, and the languages of western and middle Europe; of a title in other letters
the reader's own fonts take care.
"""


@lru_cache(maxsize=1)
def font_faces() -> str:
    """The rules of a style sheet that bring the letters along; the same bytes every time."""
    return "\n".join(
        f'@font-face {{ font-family: "Page"; font-weight: {weight}; '
        f'src: url("{data_address(_woff(path), "font/woff")}") format("woff"); }}'
        for weight, path in _WEIGHTS.items()
    )


def _woff(path: str) -> bytes:
    options = subset.Options(
        flavor="woff",
        hinting=False,
        recalc_timestamp=False,
        layout_features=["kern", "tnum", "lnum", "locl", "ccmp", "mark"],
        name_IDs=[0, 13, 14],  # whose it is, and the licence
    )
    font = subset.load_font(path, options)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=_LETTERS)
    chosen.subset(font)
    stream = io.BytesIO()
    subset.save_font(font, stream, options)
    return stream.getvalue()
