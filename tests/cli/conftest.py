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


STORY = """story:
  chapters:
    - title: All is well
      beats:
        - {at: start, say: "{open} sessions are open.", hold: 500ms, speed: 0.5}
        - {at: second takeover, say: "This never comes."}
    - title: The strike
      beats:
        - at: first lightning
          say: "{exposed} were on this unit only."
          hold: 1s
          focus: firewall.primary
          zoom: 1.5
          labels: {firewall.primary: "gone"}
"""


@pytest.fixture
def told(short: str, tmp_path: Path) -> str:
    """The same with a story, of which one beat never comes."""
    path = tmp_path / "told.yaml"
    path.write_text(SHORT + STORY)
    return str(path)
