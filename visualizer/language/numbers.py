"""Numbers as people of the language write them.

Groups of three stand apart by a thin space in all languages, as ISO 80000-1 has it: a comma or a point there
would be a decimal mark to half of the readers.
"""

from __future__ import annotations

from visualizer.language.speaking import spoken

THIN_SPACE = "\u2009"


def thousands(count: int) -> str:
    """ "204", "1 204" (with a thin space)."""
    return f"{count:,}".replace(",", THIN_SPACE)


def commas(count: int) -> str:
    """ "1,500", for lines of a terminal, where thin spaces may be missing; "1 500" where a comma would be a
    decimal mark.
    """
    return f"{count:,}" if spoken().decimal_mark == "." else thousands(count)


def decimal(number: str) -> str:
    """A number that was written with a point, "9.25", with the decimal mark of the language: "9,25"."""
    return number.replace(".", spoken().decimal_mark)
