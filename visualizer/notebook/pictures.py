"""What shows itself in a notebook: pictures of a run, charts of many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visualizer.files import write_beside
from visualizer.scene.primitives import Scene
from visualizer.study.error import StudyError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Size = tuple[int, int]

PICTURE_PX: Size = (1280, 720)
CHART_PX: Size = (1280, 720)
THEME = "light"


@dataclass(frozen=True, slots=True)
class Picture:
    """`png`: its bytes; `caption`: what is to be seen. The last line of a cell shows it."""

    png: bytes = field(repr=False)
    caption: str = ""

    def _repr_png_(self) -> bytes:
        return self.png

    def save(self, path: str | Path) -> None:
        """As a PNG, whole or not at all, over what is there. Raises OSError."""
        write_beside(Path(path).absolute(), self.png)


class Chart:
    """A chart: the last line of a cell shows it. `figure`: the matplotlib figure, to be changed at will."""

    def __init__(self, draw: Callable[[], Figure]) -> None:
        self._draw = draw

    @cached_property
    def figure(self) -> Figure:
        """Drawn when it is asked for first."""
        return self._draw()

    @property
    def svg(self) -> str:
        """As an `<svg>` element."""
        from visualizer.charts import svg_text  # noqa: PLC0415  (matplotlib only for who draws)

        return svg_text(self.figure)

    @property
    def png(self) -> bytes:
        """As the bytes of a PNG."""
        from visualizer.charts import png_bytes  # noqa: PLC0415

        return png_bytes(self.figure)

    def _repr_png_(self) -> bytes:
        return self.png

    def save(self, path: str | Path) -> None:
        """PNG or SVG by its ending, over what is there. Raises ValueError for another ending, OSError."""
        from visualizer.charts import write_chart  # noqa: PLC0415

        write_chart(self.figure, Path(path))


def theme_of(name: str) -> Any:
    """Raises StudyError when there is no theme of that name."""
    from visualizer.canvas.theme import ThemeError, load_theme  # noqa: PLC0415

    try:
        return load_theme(name)
    except ThemeError as error:
        raise StudyError(f"theme={name!r}: {error}") from None


def painted(scene: Scene, size: Size | None = None, theme: str = THEME) -> bytes:
    """A scene as a PNG, in its own size without one. Raises StudyError."""
    from visualizer.canvas.painter import Painter  # noqa: PLC0415  (pygame only for who paints)
    from visualizer.canvas.surface import offscreen, png  # noqa: PLC0415

    size_px = size or (round(scene.width), round(scene.height))
    surface = offscreen(size_px)
    Painter(theme_of(theme), size_px).paint(scene, surface)
    return png(surface)


Scene.painter = painted
