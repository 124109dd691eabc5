"""What of the English language is left in a text that should be in another one."""

from __future__ import annotations

import re
from functools import cache

from language.pseudo import CLOSE, OPEN

from visualizer.lab.designs import COMPARISONS
from visualizer.lab.measures import MEASURES
from visualizer.scenario import preset_names, shipped_names
from visualizer.script.figures import FIGURES
from visualizer.script.moments import MOMENTS
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES

_INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_QUOTED = re.compile(r"`[^`]*`|'[^']*'|\[[^\]]*\]|\{[^}]*\}|https?://\S+")
_WRITTEN_SO = re.compile(r"\S*[0-9._/=@*+%<>:-]\S*\w\S*|\b[A-Z][A-Z0-9_]+\b")
"""Options, keys with points in them, examples, names of files, metavars."""

_ENGLISH = re.compile(
    r"\b(the|is|are|of|and|or|not|with|there|take|this|it|to|by|has|have|than|which|from|be|one|"
    r"a|no|that|what)\b",
    re.IGNORECASE,
)
_SAME = frozenset({"Dublin", "min"})
"""Words that are the same in both languages and may fill a line."""

_OF_THE_FORMAT = re.compile(r"\blost or exposed of firewall\b|\bfirst lightning\b|\blost at first takeover\b")


@cache
def _names() -> frozenset[str]:
    known = (COMPARISONS, MEASURES, FAULTS, POLICIES, FIGURES, MOMENTS, preset_names(), shipped_names())
    return frozenset(word for names in known for name in names for word in name.split())


def english_in(text: str) -> list[str]:
    """The English words of a German text; what is quoted from a file, and what one types, may be English."""
    bare = _WRITTEN_SO.sub(" ", _QUOTED.sub(" ", _OF_THE_FORMAT.sub(" ", text)))
    return [word for word in _ENGLISH.findall(bare) if word != "A"]  # the instant at which a session opens


def words_of(text: str) -> list[str]:
    """What in a line is neither typed nor quoted nor a name: it should not be the same in two languages."""
    bare = _WRITTEN_SO.sub(" ", _QUOTED.sub(" ", text))
    return [word for word in re.findall(r"[^\W\d_]{3,}", bare) if word not in _names() | _SAME]


def outside(text: str) -> str:
    """What passed by the catalogues, when all that they said is in brackets."""
    while _INNERMOST.search(text):
        text = _INNERMOST.sub("", text)
    return text
