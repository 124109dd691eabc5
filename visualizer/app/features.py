"""The features of the window, in order: the first that is at work has its keys before the others.

To add one: a module with a subclass of `Feature`, and its line here.
"""

from __future__ import annotations

from visualizer.app.feature import Feature
from visualizer.app.predict import Predict
from visualizer.app.why import Why

FEATURES: tuple[type[Feature], ...] = (Predict, Why)
