"""The JSON Schema of the format, for editors: made from the same models that judge a scenario."""

from __future__ import annotations

import json

from visualizer.scenario.document import Document


def schema_text() -> str:
    """JSON Schema 2020-12 of a scenario, sorted and indented, as it stands in `scenarios/`."""
    schema = Document.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
