"""What bytes and characters a scenario may be made of, before anything looks at their meaning."""

from __future__ import annotations

import re
from pathlib import Path

from visualizer.language import say
from visualizer.language.system import refusal
from visualizer.scenario.problem import MAX_PROBLEMS, Problem, ScenarioError

MAX_BYTES = 256 * 1024

FORBIDDEN = re.compile(
    "[\\x00-\\x09\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ud800-\\udfff\\ufffe\\uffff]"
)
_LINE_END = re.compile(r"\r\n|\r|\n")


def text_of(path: Path) -> str:
    """The text of a file that should hold a scenario or a preset; ScenarioError when it cannot."""
    return decode(_content(path), str(path))


def decode(content: bytes, file: str) -> str:
    """The text of a file (a byte order mark is dropped); ScenarioError unless it is small UTF-8."""
    if len(content) > MAX_BYTES:
        raise ScenarioError([_too_large(file)])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ScenarioError([Problem(file, 1, 1, say("the file is UTF-16"), say("save it as UTF-8"))])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = content.rfind(b"\n", 0, error.start) + 1
        column = len(content[start : error.start].decode("utf-8", "replace")) + 1
        line = content.count(b"\n", 0, error.start) + 1
        what = say("byte {byte} is not UTF-8", byte=f"0x{content[error.start]:02x}")
        raise ScenarioError([Problem(file, line, column, what, say("save the file as UTF-8"))]) from None


def checked_text(text: str, file: str) -> str:
    """`text` without a byte order mark; ScenarioError when it is too large or holds what no text holds."""
    text = text.removeprefix("\ufeff")
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ScenarioError([_too_large(file)])
    if strange := _strange_characters(text, file):
        raise ScenarioError(strange)
    return text


def _too_large(file: str) -> Problem:
    what = say("the file is larger than {most}", most=f"{MAX_BYTES // 1024} KiB")
    return Problem(file, 0, 0, what, say("a scenario is a short text"))


def _strange_characters(text: str, file: str) -> list[Problem]:
    found: list[Problem] = []
    start_of_line, line = 0, 1
    for match in re.finditer(f"{_LINE_END.pattern}|{FORBIDDEN.pattern}", text):
        character = match[0]
        if character in ("\n", "\r", "\r\n"):
            start_of_line, line = match.end(), line + 1
            continue
        column = match.start() - start_of_line + 1
        if character == "\t":
            tabs = text.count("\t")
            what = say("a tab") if tabs == 1 else say("a tab, the first of {count}", count=tabs)
            return [*found, Problem(file, line, column, what, say("use spaces"))]
        what = say("the invisible character {character}", character=f"U+{ord(character):04X}")
        found.append(Problem(file, line, column, what, say("take it away; a scenario is plain text")))
        if len(found) > MAX_PROBLEMS:
            break
    return found


def _content(path: Path) -> bytes:
    """The bytes of an ordinary file, one more than the limit at most."""

    def refuse(what: str, todo: str) -> ScenarioError:
        return ScenarioError([Problem(str(path), 0, 0, what, todo)])

    try:
        if path.is_dir():
            raise refuse(say("this is a folder"), say("name a file in it"))
        if not path.exists():
            raise refuse(say("there is no such file"), say("check the path"))
        if not path.is_file():
            raise refuse(say("this is not an ordinary file"), say("name a file"))
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        what = say("the file cannot be read ({reason})", reason=refusal(error))
        raise refuse(what, say("check the path and its rights")) from None
    except ValueError:
        raise refuse(say("this cannot be the name of a file"), say("check the path")) from None
