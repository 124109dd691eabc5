"""The reference of the format in the scenarios' README: every key with its meaning and an example that works.

`CATALOGUE=write python -m pytest tests/scenario/test_format.py` writes it again.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, create_model

from visualizer import files
from visualizer.scenario import schema_text

README = files.shipped("scenarios") / "README.md"
SECTION = re.compile(r"(<!-- keys, .*? -->\n)(.*?)(<!-- end of keys -->\n)", re.DOTALL)
SCHEMA = json.loads(schema_text())
GROUPS = {"Document": SCHEMA, **SCHEMA["$defs"]}
MOST_WORDS = 24


def models() -> dict[str, type[BaseModel]]:
    """The models behind the groups, by name."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = [BaseModel]
    while waiting:
        model = waiting.pop()
        if model.__module__.startswith("visualizer.scenario"):
            found.setdefault(model.__name__, model)
        waiting += model.__subclasses__()
    return found


def in_order(name: str) -> list[str]:
    """The keys of a group as they are written one below the other: the schema has them by the alphabet."""
    return list(models()[name].model_fields)


def references(value: Any) -> Iterator[str]:
    """The groups that a key can hold, in the order of its schema."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"].rpartition("/")[2]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def groups() -> list[str]:
    """All groups, each after the first that has it."""
    found: list[str] = []

    def visit(name: str) -> None:
        if name not in found:
            found.append(name)
            for key in in_order(name):
                for inner in references(GROUPS[name]["properties"][key]):
                    visit(inner)

    visit("Document")
    return found


def flow(value: Any) -> str:
    """A value as one line of YAML."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case str():
            plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._/%'-]*(?<! )", value) and not re.fullmatch(
                r"[\d.]+", value
            )
            return value if plain else json.dumps(value, ensure_ascii=False)
    return str(value)


def words_of(shape: dict[str, Any]) -> list[str]:
    """The words that a key can be, when it is one of a few; each with its meaning, if it has one."""
    options = shape.get("oneOf", shape.get("anyOf", []))
    if not 1 < len(options) <= MOST_WORDS or not all("const" in option for option in options):
        return []
    meanings = ((option["const"], option.get("description", "")) for option in options)
    return [f"`{flow(word)}`" + (f" ({said.rstrip('.')})" if said else "") for word, said in meanings]


def rows(name: str) -> Iterator[str]:
    group = GROUPS[name]
    yield "| key | what it says | left out | example |"
    yield "|---|---|---|---|"
    for key in in_order(name):
        shape = group["properties"][key]
        inner = list(dict.fromkeys(references(shape)))
        said = shape.get("description") or GROUPS[inner[0]]["description"]
        if words := words_of(shape):
            said += " One of: " + ", ".join(words) + "."
        if inner:
            said += " See " + ", ".join(f"[{one}](#{one.lower()})" for one in inner) + "."
        needed = "*needed*" if key in group.get("required", ()) else ""
        default = f"`{flow(shape['default'])}`" if shape.get("default") not in (None, {}, []) else needed
        example = f"`{key}: {flow(shape['examples'][0])}`"
        yield f"| `{key}` | {said} | {default} | {example} |".replace("\n", " ")


def reference() -> str:
    parts = []
    for name in groups():
        title = "A scenario" if name == "Document" else name
        about = GROUPS[name]["description"].replace("\n", " ")
        parts.append("\n".join((f"### {title}", "", about, "", *rows(name), "")))
    return "\n" + "\n".join(parts) + "\n"


def test_the_reference_is_current() -> None:
    text = README.read_text(encoding="utf-8")
    said = reference()
    current, places = SECTION.subn(lambda found: found[1] + said + found[3], text)
    assert places == 1
    if os.environ.get("CATALOGUE") == "write":
        README.write_text(current, encoding="utf-8", newline="\n")
    assert README.read_text(encoding="utf-8") == current, "write it again; this file says how"


KEYS = [(name, key) for name in groups() for key in in_order(name)]


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_each_key_has_an_example_that_is_right(name: str, key: str) -> None:
    shape = GROUPS[name]["properties"][key]
    examples = shape["examples"]
    validator = Draft202012Validator({**shape, "$defs": SCHEMA["$defs"]})
    for example in examples:
        validator.validate(example)
        judged(name, key).model_validate({"value": example})


def judged(name: str, key: str) -> type[BaseModel]:
    """The program's own judgement of one key, which knows more than the schema."""
    field = models()[name].model_fields[key]
    return create_model("Alone", value=(field.annotation, field))
