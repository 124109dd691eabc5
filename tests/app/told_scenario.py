"""A scenario that tells a story, as a file: for tests that read, edit, save and fuzz one."""

from __future__ import annotations

from visualizer.files import shipped

STORY = """
story:
  chapters:
    - title: A working pair
      beats:
        - {at: start, say: "Two units, one of them serves.", speed: 4, hold: 1s}
        - {at: last sync sent before first fault, say: "The last copy leaves.", speed: 1, hold: 500ms,
           focus: firewall.sync, highlight: firewall.sync}
    - title: The strike
      beats:
        - at: first fault
          say: "{open} sessions are open."
          hold: 1s
          speed: 0.5
          focus: firewall.primary
          zoom: 1.8
          labels: {firewall.primary: "{exposed} exist here only"}
          ask:
            question: "Of {open} sessions, how many will the standby still have?"
            answer: survivors
            until: first takeover
            most: open
            of: open when it struck
            because: "{lost} had opened since the last copy."
            choices:
              - {value: right, belief: "those that were copied"}
              - {value: open, belief: "all: the standby has a copy", reply: "Only what was copied in time."}
              - {value: 0, belief: "none", reply: "What had been copied lives on."}
        - {at: first loss, say: "{lost} are gone.", highlight: firewall, hold: 0s}
    - title: What it cost
      beats:
        - {at: first takeover, say: "The standby serves.", focus: stage, speed: 1, hold: 500ms}
        - {at: end, say: "{lost} sessions were lost.", hold: 500ms}
"""


def told_text(scenario: str = "article", compare: str | None = None) -> str:
    """A shipped scenario with a story for a pair called firewall; `compare`: told of these designs."""
    story = STORY if compare is None else STORY.replace("story:", f"story:\n  compare: {compare}")
    return (shipped("scenarios") / f"{scenario}.yaml").read_text() + story
