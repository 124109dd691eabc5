"""The closed set of things a picture is made of. Coordinates are logical units, colours are roles.

`canvas/` folds over this union with `match` and `assert_never`: a new primitive is a type error there until
it can be painted. Nothing here knows of pygame, of seconds or of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

Role = Literal[
    "background", "background_low", "panel", "panel_edge", "card", "card_struck", "track", "text", "text_dim",
    "active", "standby", "struck", "suspect", "request", "sync", "heartbeat", "announce", "lost", "bolt",
    "bolt_glow", "link", "link_dim", "knob", "focus", "outage", "verdict_bad", "verdict_good", "shadow",
    "heat_1", "heat_2", "heat_3", "heat_4", "heat_5", "heat_6",
]  # fmt: skip
"""What a colour means. Each theme gives every role a colour."""

Weight = Literal["regular", "semibold", "bold"]
Anchor = Literal["left", "centre", "right"]
SpriteKind = Literal["request", "heartbeat", "sync", "announce", "acknowledgement", "lost", "refused"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that the pointer can hit, in logical units."""

    x: float
    y: float
    width: float
    height: float

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside (left and top edge included)."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box with rounded corners; `fill` and `stroke` may each be absent. `alpha` is 0 to 1 for both."""

    x: float
    y: float
    width: float
    height: float
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 0.0
    radius: float = 0.0
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Path:
    """An open line through `points`, antialiased; `dash`: (on, off) lengths, `glow`: radius of its halo."""

    points: tuple[tuple[float, float], ...]
    stroke: Role
    width: float = 1.0
    dash: tuple[float, float] | None = None
    alpha: float = 1.0
    glow: float = 0.0


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon; `fade` lets the fill run out to nothing towards the bottom."""

    points: tuple[tuple[float, float], ...]
    fill: Role
    alpha: float = 1.0
    fade: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled or outlined circle around (x, y)."""

    x: float
    y: float
    radius: float
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 0.0
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Ring:
    """An arc of `share` (0 to 1) of a circle, clockwise from the top; shows how far a period has run."""

    x: float
    y: float
    radius: float
    width: float
    share: float
    stroke: Role
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is the baseline, digits are tabular. Beyond `max_width` it ends in dots."""

    x: float
    y: float
    content: str
    size: float
    role: Role = "text"
    weight: Weight = "regular"
    anchor: Anchor = "left"
    max_width: float | None = None
    letter_spacing: float = 0.0
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Icon:
    """A picture of assets/icons by name, `size` wide and high, centred on (x, y), in one colour."""

    x: float
    y: float
    name: str
    size: float
    role: Role = "text"
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Sprites:
    """Many small marks of one kind, centred on `points`: packets, hearts, batches, falling crosses."""

    kind: SpriteKind
    points: tuple[tuple[float, float], ...]
    size: float
    role: Role
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Zoomed:
    """`items` drawn `scale` times as large, their point (0, 0) at (`x`, `y`), and only within `box`; they run
    out to nothing over `soft` at its edges.

    `drawn_at`: while `scale` changes, a scale that does not; the picture is drawn at that and stretched, so
    that nothing hops and nothing is drawn anew. 0: it does not change.
    """

    box: Box
    items: tuple[Primitive, ...]
    scale: float
    x: float
    y: float
    soft: float = 0.0
    drawn_at: float = 0.0


Primitive = Rectangle | Path | Area | Disc | Ring | Text | Icon | Sprites | Zoomed


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: `still` changes seldom and may be cached, `moving` is drawn on top, both back to front.

    `width` and `height` are the logical size; `targets` name what can be pointed at (`unit:0:1`,
    `timeline`, `button:play`), the last one under the pointer wins. `caption` is for readers without eyes.
    """

    width: float
    height: float
    still: tuple[Primitive, ...]
    moving: tuple[Primitive, ...]
    targets: Mapping[str, Box] = field(default_factory=dict)
    caption: str = ""

    painter: ClassVar[Callable[[Scene], bytes] | None] = None
    """Paints a scene as a PNG: who can set it (`notebook` does) lets scenes show themselves."""

    def _repr_png_(self) -> bytes | None:
        """What a notebook shows where a scene is the last line of a cell; None: its text."""
        return None if Scene.painter is None else Scene.painter(self)
