"""A language for tests: English with accents, in brackets and twice as long. What shows without brackets has
passed by the catalogues; what does not fit is too narrow for some language.
"""

from __future__ import annotations

import re
from gettext import NullTranslations

from visualizer.language import Spoken

OPEN, CLOSE = "⟦", "⟧"
_ACCENTS = str.maketrans("aeiouAEIOUcnsyz", "àéîõüÀÉÎÕÜçñšýž")
_BRACES = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|%(?:\([a-z_]+\))?[rs])")


class _Pseudo(NullTranslations):
    def gettext(self, message: str) -> str:
        return longer(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return longer(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return longer(message)


def longer(message: str) -> str:
    """Accents on all words, blanks and figures as they are, and as many letters again at the end."""
    pieces = _BRACES.split(message)
    accented = "".join(
        piece if piece.startswith(("{", "}", "%")) else piece.translate(_ACCENTS) for piece in pieces
    )
    words = [word for piece in pieces if not piece.startswith(("{", "}", "%")) for word in piece.split()]
    more = " ".join(word.translate(_ACCENTS) for word in words)
    return f"{OPEN}{accented} {more}{CLOSE}" if more else message


PSEUDO = Spoken("en", _Pseudo(), ",")
