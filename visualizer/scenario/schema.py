"""The JSON Schema of the format, for editors: made from the same models that judge a scenario."""

from __future__ import annotations

import json
from typing import Any

from visualizer.scenario.document import Document


def schema_text() -> str:
    """JSON Schema 2020-12 of a scenario, sorted and indented, as it stands in `scenarios/`."""
    schema = {
        **_tidy(Document.model_json_schema(mode="validation")),
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of failover-visualizer",
    }
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _tidy(node: Any) -> Any:
    """Without what says nothing to an author: titles made from keys, and null, which no file may hold."""
    if isinstance(node, list):
        return [_tidy(item) for item in node if item != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    tidy = {
        key: _tidy(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value is None)
    }
    for wrapper in ("anyOf", "allOf"):
        if len(tidy.get(wrapper, ())) == 1:
            tidy |= tidy.pop(wrapper)[0]
    return tidy
