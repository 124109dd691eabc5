"""Without a fault nothing is ever lost, and nobody is ever turned away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples
from property.straight import straight, with_acts
from property.worlds import INSTANTS, changes, setups

from visualizer.ledger import account
from visualizer.sim import Setup
from visualizer.sim.command import SetParameter
from visualizer.sim.event import Takeover


@examples(60)
@given(setups(), st.data())
def test_no_strike_no_loss(setup: Setup, data: st.DataObject) -> None:
    """Nor do live changes do harm, those of a cable's latency apart: heartbeats that suddenly take much
    longer leave a gap in which the standby must think the worst.
    """
    acts = []
    for at_us in sorted(data.draw(st.lists(INSTANTS, max_size=5))):
        act = data.draw(changes(setup, data.draw(st.integers(0, len(setup.tiers) - 1)), at_us))
        if isinstance(act, SetParameter) and not act.parameter.endswith("latency"):
            acts.append(act)
    state, events = straight(with_acts(setup, acts))
    books = account(state)
    assert books.stateful
    assert books.interrupted == {}
    assert books.no_service_us == 0
    assert not [event for event in events if isinstance(event, Takeover)]
