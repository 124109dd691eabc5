"""Another scenario, or a saved run: from a list, or dropped on the window. Undo brings the old run back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.app.dialog import ListDialog
from visualizer.app.feature import Act
from visualizer.app.lately import Lately
from visualizer.app.lessons import Lessons
from visualizer.app.problems import ProblemsPanel
from visualizer.app.twin import TwinRun
from visualizer.files import shipped
from visualizer.language import Spoken, marked, say, spoken, translated
from visualizer.opening import CANNOT_OPEN, Opened, open_scenario, reasons, starting_us
from visualizer.scenario import Headline, headline, shipped_names
from visualizer.scene.panels import DialogRow
from visualizer.sim.command import Command
from visualizer.timeline.run import Run
from visualizer.timeline.run_file import is_run_file

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_MOST_OF_A_FOLDER = 40
"""A folder may hold anything; of more files than this the newest are looked at."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the list: what is opened (a name or a path), and how it is shown."""

    name: str
    row: DialogRow


class Opening(ListDialog):
    """The list of what can be opened; and opening."""

    heading = marked("Open")
    about = marked(
        "The lessons of the course, what you opened lately, the scenarios of this folder and of the program."
    )
    empty = marked("There is no scenario here.")
    keys = (
        ("↑ ↓", marked("choose")),
        (marked("Enter"), marked("open")),
        (marked("Esc"), marked("close")),
        ("a b c", marked("search")),
    )
    searches = True

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self.lately = Lately(None if controls.fresh else controls.state_folder)
        self.lessons = Lessons()
        self._entries: tuple[_Entry, ...] = ()

    @property
    def acts(self) -> Mapping[str, Act]:
        """Opening the list."""
        return {"open": self.open}

    def begin(self) -> None:
        """What the program was started with was opened too."""
        if self.controls.document:
            self.lately.add(self.controls.document.path)

    def open(self) -> None:
        """Look at what is there now. Somebody in the course is where he is."""
        lately = self.lately.paths()
        here = [path for path in _scenarios_here() if path not in lately]
        self._entries = (
            *_entries(lately, say("lately")),
            *_entries(here, say("this folder")),
            *_shipped(spoken()),
        )
        super().open()
        lesson = self.lessons.place_of(self.controls.document)
        self.chosen = lesson.number - 1 if lesson else 0

    def rows(self) -> Sequence[DialogRow]:
        """One for each lesson, in their order, then one for each file."""
        return [*self.lessons.rows(self.controls.document), *(entry.row for entry in self._entries)]

    def choose(self, number: int) -> None:
        """Open it."""
        self.shut()
        names = [*(place.name for place in self.lessons.places), *(entry.name for entry in self._entries)]
        self.take(names[number])

    def elapse(self, wall_ns: int) -> None:
        """How long the lessons are is found out while somebody reads the list."""
        if self.is_open:
            self.lessons.count_on()

    def close(self) -> None:
        """Leave."""
        self.lessons.close()

    def dropped(self, path: Path) -> bool:
        """Open it, whatever list is open."""
        self.shut_all()
        self.take(str(path))
        return True

    def take(self, name: str) -> None:
        """Open a shipped scenario, a scenario file or a saved run; or say all that is wrong with it."""
        panel = self.controls.feature(ProblemsPanel)
        try:
            opened = open_scenario(name)
        except CANNOT_OPEN as error:
            panel.show(Path(name), reasons(error, name))
            return
        panel.shut()
        self.lately.add(opened.path)
        self.present(opened)
        title = translated(opened.setup.title)
        if opened.script:
            found = say(
                "This is {title}. Space tells its story. U brings back what was on show.", title=title
            )
        else:
            found = say("This is {title}. U brings back what was on show.", title=title)
        self.controls.notice = found

    def present(self, opened: Opened, acts: tuple[Command, ...] = (), at_us: int | None = None) -> None:
        """Put it on show, paused at its opening (or at `at_us`)."""
        controls, run = self.controls, Run(opened.setup, acts)
        run.seek(starting_us(opened) if at_us is None else at_us)
        controls.playing = False
        controls.focus = controls.hover = None
        controls.show(run, opened)
        if opened.script and opened.script.compare:
            controls.feature(TwinRun).start(opened.script.compare, goes_on=True)


def _scenarios_here() -> list[Path]:
    """The YAML files of the current folder, by name."""
    try:
        folder = Path.cwd()
        if folder.resolve() == shipped("scenarios").resolve():
            return []
        found = [path for ending in ("*.yaml", "*.yml") for path in folder.glob(ending) if path.is_file()]
        newest = sorted(found, key=lambda path: -path.stat().st_mtime_ns)[:_MOST_OF_A_FOLDER]
    except OSError:
        return []
    return sorted(newest)


def _entries(paths: list[Path], where: str) -> Iterator[_Entry]:
    """What looks like a scenario or a saved run."""
    for path in paths:
        about = headline(path)
        if about:
            saved = is_run_file(about.first_line)
            icon = "saved_run" if saved else "file"
            yield _Entry(str(path), _row(about, f"{path.name} · {where}", icon))


@lru_cache(maxsize=1)
def _shipped(language: Spoken) -> tuple[_Entry, ...]:
    """What comes with the program, in the `language` that is spoken; it does not change while it runs."""
    found = []
    for name in shipped_names():
        about = headline(shipped("scenarios") / f"{name}.yaml")
        if about:
            found.append(_Entry(name, _row(about, name, "scenario")))
    return tuple(found)


def _row(about: Headline, where: str, icon: str) -> DialogRow:
    return DialogRow(translated(about.title), translated(about.description), where, icon)
