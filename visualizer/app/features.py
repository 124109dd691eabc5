"""The features of the window, in order: the first that is at work has its keys before the others.

To add one: a module with a subclass of `Feature`, and its line here.
"""

from __future__ import annotations

from visualizer.app.beat import Beat
from visualizer.app.before_after import BeforeAfter
from visualizer.app.chapters import Chapters
from visualizer.app.feature import Feature
from visualizer.app.knobs import Turning
from visualizer.app.room import Room
from visualizer.app.twin import TwinRun
from visualizer.app.why import Why

FEATURES: tuple[type[Feature], ...] = (
    Why,
    Turning,
    BeforeAfter,
    Beat,
    TwinRun,
    Chapters,
    Room,  # the last one: what a panel asks for goes before the clicker
)
