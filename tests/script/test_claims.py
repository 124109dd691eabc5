"""What an author claims of a run: what is understood, when it holds, what is said when it does not."""

from __future__ import annotations

import pytest
from script.test_templates import ARTICLE, ONE, SEVERAL

from visualizer.script.claims import claim_of, doubt_of
from visualizer.script.wrong import WrongValueError

END_US = 20_000_000


@pytest.mark.parametrize(
    ("claim", "doubt"),
    [
        ("lost = 19", None),
        ("lost=19", None),
        ("lost != 19", "19 != 19"),
        ("lost < 19", "19 < 19"),
        ("lost <= 19", None),
        ("lost > 19", "19 > 19"),
        ("lost >= 20", "19 >= 20"),
        ("rto < 3s", None),
        ("rto = 2000ms", None),
        ("rto > 2.5s", "2 s > 2.5 s"),
        ("lost > lost at first sync", None),
        ("lost at first sync = lost", "0 = 19"),
        ("held of firewall.secondary at 10.5s < held of firewall.primary at 10.5s", None),
        ("rpo of firewall = sync interval", "2 s = 3 s"),
        ("rpo at 1s = rpo", "none = 2 s"),
    ],
)
def test_a_claim_holds_or_says_what_is_so(claim: str, doubt: str | None):
    assert doubt_of(claim_of(claim, ONE), ARTICLE, END_US) == doubt


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("lost", "`lost` is no claim; say it like lost = 0"),
        ("lost =", "`lost =` is no claim; say it like"),
        ("los = 0", "there is no figure `los`; did you mean `lost`?"),
        ("lost = los", "there is no figure `los`; did you mean `lost`?"),
        ("lost = 3s", "`3s` is no whole number; say it like"),
        ("lost = 1.5", "`1.5` is no whole number; say it like"),
        ("rto = 3", "`3` has no unit; say 3s or 3ms"),
        ("rto = lost", "`rto = lost` compares a number with a time; say it like"),
        ("sync interval = 3s", "`sync interval` is of one tier; say `sync interval of firewall`"),
    ],
)
def test_a_mistake_is_told(claim: str, said: str):
    with pytest.raises(WrongValueError) as caught:
        claim_of(claim, SEVERAL if claim.startswith("sync") else ONE)
    assert str(caught.value).startswith(said)
