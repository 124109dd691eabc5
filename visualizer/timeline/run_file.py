"""A played run as a file: the scenario with what was done as its events, under a seal of comment lines.

Below its seal the file is an ordinary scenario that anyone can edit once the seal is taken off. The seal says
how it was made and what it must replay to:

    # failover-visualizer/run/1 program=0.1.0 content=<sha256 of all that follows>
    # {"until_us": 20000000, "trace_sha256": "...", "set": ["tiers.firewall.sync.interval=5s"]}
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from visualizer.language import say, say_as

FORMAT = "failover-visualizer/run"
VERSION = 1


class RunFileError(Exception):
    """The file is no run of this program, was changed, or is newer; the text is one clear line."""


class ReplayDivergedError(Exception):
    """The run replays to another trace than the one it was saved with; the text is one clear line."""


@dataclass(frozen=True, slots=True)
class RunFile:
    """`scenario_text`: the scenario with all events. `overrides`: `PATH=VALUE` texts that apply to it.

    `until_us`: how far it was played, and `trace_sha256` what the engine's trace was there.
    """

    scenario_text: str
    overrides: tuple[str, ...]
    until_us: int
    trace_sha256: str


def is_run_file(text: str) -> bool:
    """Whether the text begins with a seal of any version."""
    return text.startswith(f"# {FORMAT}/")


def dump(run: RunFile, program_version: str) -> str:
    """The file's text."""
    facts = json.dumps(
        {"until_us": run.until_us, "trace_sha256": run.trace_sha256, "set": list(run.overrides)},
        separators=(", ", ": "),
    )
    body = f"# {facts}\n{run.scenario_text}"
    return f"# {FORMAT}/{VERSION} program={program_version} content={_digest(body)}\n{body}"


def parse(text: str, file_name: str, program_version: str) -> RunFile:
    """The run in a file's text; RunFileError when it is newer, damaged or was changed."""
    seal, _, body = text.partition("\n")
    words = dict(word.partition("=")[::2] for word in seal.split()[2:])
    version = seal.removeprefix(f"# {FORMAT}/").split(" ")[0].strip()
    if not (version.isdecimal() and len(version) < 10):
        why = say("the seal of this run is damaged; take its first line off")
        raise RunFileError(f"{file_name}:1:1: {why}")
    if int(version) > VERSION:
        why = say(
            "this run was saved by version {newer} in format {format}, this is version {here} with format "
            "{known}; update the program",
            newer=words.get("program") or say_as("a version", "unknown"),
            format=version,
            here=program_version,
            known=VERSION,
        )
        raise RunFileError(f"{file_name}:1:1: {why}")
    if words.get("content") != _digest(body):
        why = say(
            "this run was changed after it was saved, or is not whole; take its first line off to use it "
            "as a "
            "scenario"
        )
        raise RunFileError(f"{file_name}:1:1: {why}")
    facts_line, _, scenario_text = body.partition("\n")
    match _facts(facts_line):
        case {"until_us": int(until_us), "trace_sha256": str(trace), "set": [*overrides]} if (
            not isinstance(until_us, bool)
            and until_us >= 0
            and all(isinstance(text, str) for text in overrides)
        ):
            return RunFile(scenario_text, tuple(overrides), until_us, trace)
    why = say("this line does not say how the run was made; take both lines off")
    raise RunFileError(f"{file_name}:2:1: {why}")


def _facts(line: str) -> Any:
    try:
        return json.loads(line.removeprefix("# "))
    except (ValueError, RecursionError):
        return None


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def demand_same_trace(run: RunFile, trace_sha256: str, file_name: str) -> None:
    """ReplayDivergedError unless the replay gave the trace that the run was saved with."""
    if trace_sha256 != run.trace_sha256:
        why = say(
            "this run replays to {now}, it was saved as {then}; the program's engine differs from the "
            "one that "
            "played it",
            now=trace_sha256[:12],
            then=run.trace_sha256[:12],
        )
        raise ReplayDivergedError(f"{file_name}: {why}")
