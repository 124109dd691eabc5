"""What every group of keys has in common, and how its keys are described."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A group of keys: unknown ones are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def key(description: str, default: Any = ..., shown: Any = None, examples: list[Any] | None = None) -> Any:
    """A key of the format: what it means, its default, and the default as a person writes it."""
    extra = {} if shown is None else {"default": shown}
    return Field(default, description=description, examples=examples, json_schema_extra=extra)


def group(default: Any, example: dict[str, Any]) -> Any:
    """A group of keys that may be left out; its meaning stands at its model."""
    return Field(default, json_schema_extra={"default": {}}, examples=[example])
