"""The guarded YAML reader: text -> plain data with the place of every key and value, or every problem.

PyYAML's own loaders are built for trusted files: an alias bomb of 500 bytes takes gigabytes, deep nesting
crashes the C loader, a repeated key silently wins, `on` and `014` become something else. So only its
*events* are used, from the pure Python loader (the same verdict on every machine), with an own stack instead
of recursion and limits on everything.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from visualizer.language import Spoken, marked, say, spoken, translated
from visualizer.scenario.problem import Problem, ScenarioError, WrongValueError, quoted
from visualizer.scenario.scalars import plain_value
from visualizer.scenario.text import FORBIDDEN, checked_text
from visualizer.scenario.tree import UNREAD, Path, Place, Tree

MAX_DEPTH = 32
MAX_VALUES = 20_000
MAX_SCALAR = 4_096

_PLAIN_WORDS = (
    ("mapping values are not allowed",
     marked("a second `:` in one line"), marked("use quotes, or start a new line")),
    ("could not find expected ':'", marked("a line without `:`"), marked("write it as `key: value`")),
    ("expected <block end>",
     marked("this line is not indented like those above it"), marked("line it up with them")),
    ("found unexpected end of stream", marked("quotes open here and never close"), marked("close them")),
    ("cannot start any token",
     marked("a value cannot start with this character"), marked("put it in quotes")),
    ("expected ',' or",
     marked("a bracket is not closed here"), marked("add the comma or the closing bracket")),
)  # fmt: skip


@dataclass(slots=True)
class _Frame:
    """One open mapping or sequence: where it is, what it holds, the key whose value comes next."""

    path: Path
    content: dict[str, Any] | list[Any]
    key: str | None = None


def read(text: str, file: str) -> tuple[Tree, list[Problem]]:
    """The data of a scenario's text, and what is wrong with single values of it.

    A value that cannot be understood is `UNREAD` in the data and a problem in the list, so that the rest can
    still be judged. ScenarioError when the text as a whole cannot be read.
    """
    tree, problems = _read(text, file, spoken())
    fresh = Tree(deepcopy(tree.data), dict(tree.keys), dict(tree.values), tree.last_end, tree.end)
    return fresh, list(problems)


@lru_cache(maxsize=8)
def _read(text: str, file: str, _language: Spoken) -> tuple[Tree, list[Problem]]:
    """Kept, as reading takes most of the time of opening a scenario; once a language, as it has problems."""
    reading = _Reading(checked_text(text, file), file)
    reading.run()
    return reading.tree, reading.problems


@dataclass(slots=True)
class _Reading:
    """One pass over the events of a text."""

    text: str
    file: str
    tree: Tree = field(default_factory=Tree)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    values: int = 0
    documents: int = 0

    def run(self) -> None:
        loader: Any = yaml.SafeLoader(self.text)
        try:
            while loader.check_event():
                self._take(loader.get_event())
        except yaml.MarkedYAMLError as error:
            what, todo = _plain_words(error)
            unclosed = "end of stream" in str(error.problem)
            mark = error.context_mark if unclosed else error.problem_mark
            self._stop(mark or loader.get_mark(), what, todo)
        except (yaml.YAMLError, ValueError, OverflowError, IndexError):
            # PyYAML lets some mistakes of its own slip out: an escape beyond Unicode, a huge version number.
            self._stop(loader.get_mark(), say("this is not YAML"), say("check the quotes and escapes here"))
        finally:
            loader.dispose()
        if not isinstance(self.tree.data, dict):
            raise ScenarioError(self.problems or [self._root_problem()])

    def _root_problem(self) -> Problem:
        empty = self.tree.data is None
        place = Place(self.file, 1, 1) if empty else self.tree.values[()]
        what = say("the file is empty") if empty else say("a scenario is made of keys with values")
        return Problem(self.file, place.line, place.column, what, say("start with `title: ...`"))

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.AliasEvent():
                what = say("the alias {name}", name=quoted(f"*{event.anchor}"))
                self._stop(event.start_mark, what, say("write the value out again"))
            case yaml.ScalarEvent():
                self._check_node(event)
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._open(event, {})
            case yaml.SequenceStartEvent():
                self._open(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close(event)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    what = say("a second document starts here")
                    self._stop(event.start_mark, what, say("keep one scenario in a file"))

    def _check_node(self, event: Any) -> None:
        """Refuse what makes bombs and surprises, at once and in one line; count what takes time."""
        self.values += 1
        if self.values > MAX_VALUES:
            what = say("more than {most} values", most=MAX_VALUES)
            self._stop(event.start_mark, what, say("a scenario is a short text"))
        if len(self.stack) >= MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
            what = say("more than {most} levels deep", most=MAX_DEPTH)
            self._stop(event.start_mark, what, say("a scenario needs no more than 5"))
        if event.anchor is not None:
            what = say("the anchor {name}", name=quoted(f"&{event.anchor}"))
            self._stop(event.start_mark, what, say("take it away"))
        if event.tag is not None:
            self._stop(event.start_mark, say("the tag {name}", name=quoted(event.tag)), say("take it away"))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if len(event.value) > MAX_SCALAR:
            what = say("a text of more than {most} characters", most=MAX_SCALAR)
            self._report(event.start_mark, what, say("make it shorter"))
            value: object = UNREAD
        else:
            value = self._value(event)
        if self._awaits_key():
            self._key(event, value)
        else:
            self._put(value, event)

    def _value(self, event: yaml.ScalarEvent) -> object:
        try:
            if event.style is None:
                return self._plain(event)
            if strange := FORBIDDEN.search(event.value):
                what = say("the escaped character {character}", character=f"U+{ord(strange[0]):04X}")
                raise WrongValueError(what, say("take it away"))
            return event.value
        except WrongValueError as error:
            self._report(event.start_mark, error.what, error.todo)
            return UNREAD

    def _plain(self, event: yaml.ScalarEvent) -> object:
        value = plain_value(event.value)
        if value is None and self.stack:
            name = self.stack[-1].key
            what = say("{name} has no value", name=quoted(name)) if name else say("there is nothing here")
            raise WrongValueError(what, say("write one, or take the line away"))
        return value

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].content, dict) and self.stack[-1].key is None

    def _key(self, event: yaml.ScalarEvent, value: object) -> None:
        frame = self.stack[-1]
        frame.key = event.value[:MAX_SCALAR]
        if frame.key == "<<" and event.style is None:
            self._stop(event.start_mark, say("the merge key `<<`"), say("write the keys out"))
        if value is not UNREAD and not isinstance(value, str):
            what = say("the key {key} is not a name", key=quoted(frame.key))
            self._report(event.start_mark, what, say("put it in quotes"))
        path = (*frame.path, frame.key)
        if frame.key in frame.content:
            first = self.tree.keys[path].line
            what = say(
                "the key {key} is here twice (first on line {line})", key=quoted(frame.key), line=first
            )
            self._report(event.start_mark, what, say("keep one of the two"))
        else:
            self.tree.keys[path] = self._place(event)

    def _put(self, value: object, event: Any) -> Path:
        """Store a value where it belongs; its path. The first of two equal keys keeps its place."""
        if not self.stack:
            self.tree.data = value
            path: Path = ()
        else:
            frame = self.stack[-1]
            path = self._store(frame, value, event)
            frame.key = None
        self.tree.values.setdefault(path, self._place(event))
        return path

    def _store(self, frame: _Frame, value: object, event: Any) -> Path:
        if isinstance(frame.content, list):
            frame.content.append(value)
            return (*frame.path, len(frame.content) - 1)
        if frame.key is None:
            self._stop(event.start_mark, say("a key must be one word"), say("write `key: value`"))
        key = str(frame.key)
        frame.content.setdefault(key, value)
        return (*frame.path, key)

    def _open(self, event: Any, content: dict[str, Any] | list[Any]) -> None:
        self._check_node(event)
        path = self._put(content, event)
        self.stack.append(_Frame(path, content))

    def _close(self, event: Any) -> None:
        """A collection ends where its brackets do or, in block style, behind its last value."""
        frame = self.stack.pop()
        opened = self.tree.values[frame.path]
        if self.text[opened.start : opened.start + 1] in ("{", "["):
            self.tree.last_end = event.end_mark.index
        elif not self.stack:
            self.tree.end = event.start_mark.index
        opened.end = self.tree.last_end

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        self.tree.last_end = end.index
        return Place(self.file, start.line + 1, start.column + 1, start.index, end.index)

    def _report(self, mark: Any, what: str, todo: str) -> None:
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, what, todo))

    def _stop(self, mark: Any, what: str, todo: str) -> None:
        self._report(mark, what, todo)
        raise ScenarioError(self.problems)


def _plain_words(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    """PyYAML's words for a mistake, said so that a class understands them."""
    said = str(error.problem)
    for start, what, todo in _PLAIN_WORDS:
        if start in said:
            return translated(what), translated(todo)
    return say("this is not YAML ({reason})", reason=said), say("check the quotes and the indentation here")
