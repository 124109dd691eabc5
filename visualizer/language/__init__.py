"""The language that is spoken: every text for people goes through here, and every number in it.

The English text stands in the code, where one reads it; catalogues in `assets/texts` have it in other
languages.
"""

from visualizer.language.numbers import commas, decimal, thousands
from visualizer.language.speaking import (
    Spoken,
    marked,
    say,
    say_as,
    say_many,
    speak,
    speaking,
    spoken,
    translated,
)

__all__ = [
    "Spoken",
    "commas",
    "decimal",
    "marked",
    "say",
    "say_as",
    "say_many",
    "speak",
    "speaking",
    "spoken",
    "thousands",
    "translated",
]
