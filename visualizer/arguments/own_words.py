"""What argparse says by itself, in the language that is spoken.

It passes all its texts to a function `_` of its module, which is gettext's and would look into compiled
catalogues of the system's language: here `translated` takes its place. The English texts are those of
Python 3.11 to 3.14; one that a later Python words anew is said in English until it stands here.
"""

from __future__ import annotations

import argparse

from visualizer.language import marked, translated

OWN_WORDS = (
    marked("usage: "),
    marked("positional arguments"),
    marked("options"),
    marked("show this help message and exit"),
    marked("argument %(argument_name)s: %(message)s"),
    marked("unrecognized arguments: %s"),
    marked("the following arguments are required: %s"),
    marked("one of the arguments %s is required"),
    marked("expected one argument"),
    marked("expected at least one argument"),
    marked("expected at most one argument"),
    marked("not allowed with argument %s"),
    marked("ignored explicit argument %r"),
    marked("ambiguous option: %(option)s could match %(matches)s"),
    marked("invalid choice: %(value)r (choose from %(choices)s)"),
)


def translate_own_words() -> None:
    """From now on."""
    argparse._ = translated  # type: ignore[attr-defined]
