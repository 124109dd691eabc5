"""What one run cost, and the products, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from visualizer.language import decimal, say, translated
from visualizer.scenario import Preset
from visualizer.sim.event import LossCause, Status
from visualizer.story.causes import INTERRUPTED, LOST


def print_summary(summary: dict[str, Any]) -> None:
    """The summary of `run --json` as a table on standard output."""
    console = Console(highlight=False)
    name = summary["scenario"]
    title = (
        say("{scenario} - stateful: nothing was lost", scenario=name)
        if summary["stateful"]
        else say("{scenario} - not stateful: state was lost", scenario=name)
    )
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for name, value in _rows(summary):
        table.add_row(name, value, end_section=value == "")
    console.print(table)


def _rows(summary: dict[str, Any]) -> Iterator[tuple[str, str]]:
    offered, loss, gap = summary["offered"], summary["state_loss"], summary["interruption"]
    strong, end = "[bold]", "[/bold]"
    yield say("Sessions asked for"), _count(offered["sessions"])
    yield say("Transactions asked for"), _count(offered["transactions"])
    lost = say("{strong}State lost{end}: sessions", strong=strong, end=end)
    yield lost, f"{strong}{_count(loss['sessions'])}{end}"
    yield say("State lost: transactions"), _count(loss["transactions"])
    for cause, count in loss["by_cause"].items():
        yield f"  {translated(LOST[LossCause(cause)])}", _count(count)
    interrupted = say("{strong}Service interrupted{end}: requests", strong=strong, end=end)
    yield interrupted, f"{strong}{_count(gap['requests'])}{end}"
    for status, count in gap["by_cause"].items():
        yield f"  {translated(INTERRUPTED[Status(status)])}", _count(count)
    yield say("No service for"), _seconds(gap["no_service_s"])
    yield say("In doubt: transactions"), _count(summary["in_doubt"]["transactions"])
    if summary["at_stake"]["sessions"]:
        yield say("To be discarded after the split: sessions"), _count(summary["at_stake"]["sessions"])
    for failover in summary["failovers"]:
        yield from _failover_rows(failover)
    yield say("Seed"), str(summary["seed"])
    yield say("Trace"), summary["trace_sha256"][:16]


def _failover_rows(failover: dict[str, Any]) -> Iterator[tuple[str, str]]:
    fault = failover["fault"] or say("false alarm")
    name = say("{fault} at {target}", fault=fault, target=failover["target"])
    yield name, _seconds(failover["fault_at_s"])
    for name, key in (
        (say("takeover"), "takeover_at_s"),
        (say("achieved RPO"), "achieved_rpo_s"),
        (say("achieved RTO"), "achieved_rto_s"),
    ):
        value = failover[key]
        yield f"  {name}", say("never") if value is None else _seconds(value)


def _seconds(seconds: float) -> str:
    return f"{decimal(str(seconds))} s"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def print_presets(presets: Sequence[Preset]) -> None:
    """Each product with its figures and where they come from."""
    for preset in presets:
        print(f"{preset.name}: {translated(preset.title)}\n  {translated(preset.summary)}")
        width = max(len(source.value) for source in preset.sources)
        for source in preset.sources:
            print(f"    {source.value:<{width}}  {source.figure}  [{source.source}]")
        print()
