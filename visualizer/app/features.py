"""The features of the window, in order: the first that is at work has its keys before the others.

To add one: a module with a subclass of `Feature`, and its line here.
"""

from __future__ import annotations

from visualizer.app.beat import Beat
from visualizer.app.before_after import BeforeAfter
from visualizer.app.beside import BesideRuns
from visualizer.app.chapters import Chapters
from visualizer.app.course import Course
from visualizer.app.dialog import DialogKeys
from visualizer.app.feature import Feature
from visualizer.app.first_minute import FirstMinute
from visualizer.app.journal import Journal
from visualizer.app.knobs import Turning
from visualizer.app.lab_curve import StrikeCurve
from visualizer.app.lab_sweep import Sweeps
from visualizer.app.lab_sweep_list import SweepList
from visualizer.app.open import Opening
from visualizer.app.pointer import Pointer
from visualizer.app.predict import Predict
from visualizer.app.preferences import Preferences
from visualizer.app.problems import ProblemsPanel
from visualizer.app.questions import Questions
from visualizer.app.recovery import Recovery
from visualizer.app.reload import Reloading
from visualizer.app.room import Room
from visualizer.app.sound import Sound
from visualizer.app.story import Story
from visualizer.app.twin import Comparisons, TwinRun
from visualizer.app.why import Why

FEATURES: tuple[type[Feature], ...] = (
    DialogKeys,
    Recovery,
    Opening,
    Preferences,
    ProblemsPanel,
    Reloading,
    Journal,
    Questions,
    Predict,
    Why,
    Turning,
    BeforeAfter,
    Comparisons,
    StrikeCurve,
    SweepList,
    Sweeps,
    Beat,
    TwinRun,
    Story,
    BesideRuns,
    Chapters,
    Course,
    FirstMinute,
    Pointer,
    Sound,
    Room,  # the last one: what a panel asks for goes before the clicker
)
