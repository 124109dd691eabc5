"""What one run cost, and the products, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from visualizer.scenario import Preset
from visualizer.sim.event import LossCause, Status
from visualizer.story.causes import INTERRUPTED, LOST


def print_summary(summary: dict[str, Any]) -> None:
    """The summary of `run --json` as a table on standard output."""
    console = Console(highlight=False)
    verdict = "stateful: nothing was lost" if summary["stateful"] else "not stateful: state was lost"
    table = Table(title=f"{summary['scenario']} - {verdict}", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for name, value in _rows(summary):
        table.add_row(name, value, end_section=value == "")
    console.print(table)


def _rows(summary: dict[str, Any]) -> Iterator[tuple[str, str]]:
    offered, loss, gap = summary["offered"], summary["state_loss"], summary["interruption"]
    yield "Sessions asked for", _count(offered["sessions"])
    yield "Transactions asked for", _count(offered["transactions"])
    yield "[bold]State lost[/bold]: sessions", f"[bold]{_count(loss['sessions'])}[/bold]"
    yield "State lost: transactions", _count(loss["transactions"])
    for cause, count in loss["by_cause"].items():
        yield f"  {LOST[LossCause(cause)]}", _count(count)
    yield "[bold]Service interrupted[/bold]: requests", f"[bold]{_count(gap['requests'])}[/bold]"
    for status, count in gap["by_cause"].items():
        yield f"  {INTERRUPTED[Status(status)]}", _count(count)
    yield "No service for", f"{gap['no_service_s']} s"
    yield "In doubt: transactions", _count(summary["in_doubt"]["transactions"])
    if summary["at_stake"]["sessions"]:
        yield "To be discarded after the split: sessions", _count(summary["at_stake"]["sessions"])
    for failover in summary["failovers"]:
        yield from _failover_rows(failover)
    yield "Seed", str(summary["seed"])
    yield "Trace", summary["trace_sha256"][:16]


def _failover_rows(failover: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield f"{failover['fault'] or 'false alarm'} at {failover['target']}", f"{failover['fault_at_s']} s"
    for name, key in (
        ("  takeover", "takeover_at_s"),
        ("  achieved RPO", "achieved_rpo_s"),
        ("  achieved RTO", "achieved_rto_s"),
    ):
        value = failover[key]
        yield name, "never" if value is None else f"{value} s"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def print_presets(presets: Sequence[Preset]) -> None:
    """Each product with its figures and where they come from."""
    for preset in presets:
        print(f"{preset.name}: {preset.title}\n  {preset.summary}")
        width = max(len(source.value) for source in preset.sources)
        for source in preset.sources:
            print(f"    {source.value:<{width}}  {source.figure}  [{source.source}]")
        print()
