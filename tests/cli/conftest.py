"""A scenario of a second, and no display."""

from pathlib import Path

import pytest

SHORT = (
    "title: Short\ndescription: A second.\nduration: 1s\ntraffic: {rate: 50/s}\n"
    "tiers: {firewall: {sync: {interval: 300ms}, heartbeat: {interval: 100ms}}}\n"
    "events:\n  - {at: 500ms, fault: lightning, target: firewall.primary}\n"
)


@pytest.fixture
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("DISPLAY", raising=False)
    path = tmp_path / "short.yaml"
    path.write_text(SHORT)
    return str(path)
