"""What each kind of event means to somebody who watches. One row each: a new event is a row here.

`tests/story/test_kinds.py` holds that no kind is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.sim import event as events


@dataclass(frozen=True, slots=True)
class Meaning:
    """`matters`: the window stops there when asked for the next event. `by_itself`: units or power did it; an
    act at the same instant would come before it. `news`: it makes a sentence about earlier news old.
    """

    matters: bool = True
    by_itself: bool = False
    news: bool = False


_ROUTINE = Meaning(matters=False)
_ACT = Meaning(news=True)
_TURN = Meaning(by_itself=True, news=True)
_STEP = Meaning(by_itself=True)
_COST = Meaning()

MEANINGS: dict[type, Meaning] = {
    events.HeartbeatSent: _ROUTINE,
    events.HeartbeatReceived: _ROUTINE,
    events.SyncSent: _ROUTINE,
    events.SyncReceived: _ROUTINE,
    events.StreamOpened: _ROUTINE,
    events.StreamClosed: _ROUTINE,
    events.FrameLost: _ROUTINE,
    events.AnnouncementLost: _ROUTINE,
    events.UnitStruck: _ACT,
    events.UnitChanged: _ACT,
    events.LinkChanged: _ACT,
    events.ParameterSet: _ACT,
    events.Repaired: _ACT,
    events.Farewell: _ACT,
    events.FeedChanged: _TURN,
    events.Takeover: _TURN,
    events.Demoted: _TURN,
    events.TakeoverBegun: _TURN,
    events.TakeoverRefused: _TURN,
    events.Fenced: _TURN,
    events.ServiceSuspended: _TURN,
    events.ServiceResumed: _TURN,
    events.FellBack: _TURN,
    events.AcknowledgementsBack: _TURN,
    events.AddressLearned: _STEP,
    events.Booted: _STEP,
    events.Rejoined: _STEP,
    events.SetAside: _COST,
    events.AcknowledgementsHeld: _COST,
    events.StateLost: _COST,
    events.InDoubt: _COST,
    events.ServiceChanged: _COST,
    events.RequestsRetried: _COST,
}

NEWS = tuple(kind for kind, meaning in MEANINGS.items() if meaning.news)
MATTERS = tuple(kind for kind, meaning in MEANINGS.items() if meaning.matters)
BY_ITSELF = tuple(kind for kind, meaning in MEANINGS.items() if meaning.by_itself)
