"""The JSON Schema of the format, for editors: made from the same models that judge a scenario."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from visualizer.scenario.document import Document
from visualizer.scenario.presets import Preset, load_preset, preset_names


class _Generator(GenerateJsonSchema):
    """Defaults are said at the keys, as a person writes them (`1s`, not 1000000)."""

    def encode_default(self, dft: Any) -> None:
        """No default of pydantic's own; those of the keys take its place."""


def schema_text() -> str:
    """JSON Schema 2020-12 of a scenario, sorted and indented, as it stands in `scenarios/`."""
    schema = {
        **_tidy(Document.model_json_schema(mode="validation", schema_generator=_Generator)),
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of failover-visualizer",
    }
    presets = [load_preset(name) for name in preset_names()]
    _offer(schema["$defs"]["Tier"], [preset for preset in presets if preset.tier])
    _offer(schema["$defs"]["Clients"], [preset for preset in presets if preset.clients])
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _offer(group: dict[str, Any], presets: list[Preset]) -> None:
    """Let the key `preset` of a group be one of the presets that fit, each with what it is."""
    if presets:
        group["properties"]["preset"]["oneOf"] = [
            {"const": preset.name, "description": f"{preset.title}: {preset.summary}"} for preset in presets
        ]


def _tidy(node: Any) -> Any:
    """Without what says nothing to an author: titles made from keys, and null, which no file may hold."""
    if isinstance(node, list):
        return [_tidy(item) for item in node if item != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    tidy = {
        key: value if key == "examples" else _tidy(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value is None)
    }
    for wrapper in ("anyOf", "allOf"):
        if len(tidy.get(wrapper, ())) == 1:
            tidy |= tidy.pop(wrapper)[0]
    return tidy
