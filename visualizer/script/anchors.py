"""From an author's words to an `Anchor`: "last sync before first lightning - 200ms".

    AT      = PLACE [("+" | "-") DURATION]
    PLACE   = "start" | "end" | DURATION | [ORDER] MOMENT ["of" PART] [("before" | "after") PLACE]
    ORDER   = "first" | "second" | ... | "tenth" | "last" | "next"

What is added or taken away at the end belongs to the whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from visualizer.language import say, translated
from visualizer.script.durations import DAY_US, duration_us
from visualizer.script.moments import MOMENTS, Moment, fits
from visualizer.script.script import Anchor, TierSpot
from visualizer.script.spots import named
from visualizer.script.wrong import WrongValueError, quoted, suggestion
from visualizer.sim.command import Target

ORDERS: dict[str, int | None] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "last": -1,
    "next": None,
}
"""Which one of several, as `Anchor.which` has it."""

LONGEST = 200
"""The characters of the longest instant in words; nobody can follow a longer one."""

_OFFSET = re.compile(r"(.*?)\s+([+-])\s*([0-9].*)")
_EDGES: tuple[Literal["start", "end"], ...] = ("start", "end")

Parts = Mapping[str, Target | TierSpot]


def anchor_of(said: object, parts: Parts) -> Anchor:
    """The instant that an author means; `parts`: what there is in the setup, by name (`spots.parts`).

    WrongValueError when it cannot be understood.
    """
    text = "0s" if said == 0 and not isinstance(said, bool) else said
    if not isinstance(text, str) or not text.strip():
        raise WrongValueError(say("{value} is no instant", value=quoted(said)), _example())
    if len(text) > LONGEST:
        raise WrongValueError(
            say("the instant has more than {n} characters", n=LONGEST), say("say it in fewer words")
        )
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return _place(text.split(), parts)
    offset_us = duration_us(match[3], 0, DAY_US)
    return replace(_place(match[1].split(), parts), offset_us=offset_us if match[2] == "+" else -offset_us)


def _place(words: Sequence[str], parts: Parts) -> Anchor:
    end = next((n for n, word in enumerate(words) if word in ("before", "after")), len(words))
    head, relation = words[:end], words[end : end + 1]
    if not relation:
        return _plain(head) or _moment(head, parts)
    if not head or _plain(head) is not None:
        raise WrongValueError(
            say("{word} needs a moment in front of it", word=quoted(relation[0])),
            say("say it like {example}", example=f"last sync {relation[0]} 11s"),
        )
    if not words[end + 1 :]:
        raise WrongValueError(
            say("nothing stands behind {word}", word=quoted(relation[0])), say("say an instant there")
        )
    found = _moment(head, parts)
    side: Literal["before", "after"] = "before" if relation[0] == "before" else "after"
    return replace(found, relation=side, other=_place(words[end + 1 :], parts))


def _plain(words: Sequence[str]) -> Anchor | None:
    """An instant that needs no event."""
    if not words:
        raise WrongValueError(say("there is no instant"), _example())
    if len(words) == 1 and words[0] in _EDGES:
        return Anchor(words[0])
    if not words[0][0].isdigit():
        return None
    return Anchor("time", time_us=duration_us(" ".join(words), 0, DAY_US))


def _example() -> str:
    return say("say it like 11s, {start} or {moment}", start="start", moment="first lightning")


def _moment(words: Sequence[str], parts: Parts) -> Anchor:
    which = ORDERS.get(words[0])
    rest = words[1:] if words[0] in ORDERS else words
    of = rest.index("of") if "of" in rest else len(rest)
    name = " ".join(rest[:of])
    if name in _EDGES:
        raise WrongValueError(
            say("there is only one {name}", name=name), say("say {name} alone", name=quoted(name))
        )
    if not name:
        raise WrongValueError(
            say("there is no moment behind {word}", word=quoted(words[0])),
            say("say it like {example}", example="first lightning"),
        )
    if name not in MOMENTS:
        raise WrongValueError(
            say("there is no moment {name}", name=quoted(name)), suggestion(name, MOMENTS, "moment")
        )
    return Anchor(name, which, _part(name, MOMENTS[name], " ".join(rest[of + 1 :]), of < len(rest), parts))


def _part(name: str, moment: Moment, said: str, wanted: bool, parts: Parts) -> Target | TierSpot | None:
    if not wanted:
        return None
    if not said:
        raise WrongValueError(
            say("nothing stands behind `of`"), say("say a tier, a unit, a cable, a site or a feed")
        )
    part = named(said, parts)
    if not fits(moment, part):
        raise WrongValueError(
            say("{moment} does not happen to {part}", moment=quoted(name), part=quoted(said)),
            say("say {parts} there", parts=translated(moment.parts)) if moment.parts else say("take it away"),
        )
    return part
