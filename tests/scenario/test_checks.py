"""Keys that are right alone and wrong together: each a clear line at the key to change."""

import pytest

from visualizer.scenario import ScenarioError, parse
from visualizer.sim.replication import POLICIES

HEAD = "title: T\nduration: 20s\n"
PLACES = "feeds: {esb: {}}\nsites: {dublin: {feed: esb}}\n"
STANDS = "tiers: {a: {sites: {primary: dublin}}}\n"


def lines_of(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        parse(text, "f.yaml")
    return str(caught.value).splitlines()


def marked(text: str) -> tuple[str, str]:
    """The text without its mark ¦, and the place of the mark as problems name it."""
    before, after = text.split("¦")
    return before + after, f"f.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


# the keys of a tier, with a mark at the place of the problem -> the problem
TIERS = {
    "sync: {prepare: ¦1s}": (
        "tiers.a.sync.prepare: only a copy of the whole state is prepared; "
        "take it away, or say a policy of these: snapshot"
    ),
    "sync: {timeout: ¦1s}": (
        "tiers.a.sync.timeout: with this policy no request waits for the standby; "
        "take it away, or say a policy that waits: semi-sync, synchronous"
    ),
    "sync: {policy: none, pickup_delay: ¦30s}": (
        "tiers.a.sync.pickup_delay: only asynchronous copies may leave sessions out; "
        "take it away, or say a policy of these: snapshot, periodic, streaming"
    ),
    "sync: {policy: none, never: ¦5%}": (
        "tiers.a.sync.never: only asynchronous copies may leave sessions out; "
        "take it away, or say a policy of these: snapshot, periodic, streaming"
    ),
    "sync: {transport: ¦datagram}": (
        "tiers.a.sync.transport: only a stream for which nobody waits can do with datagrams; "
        "say `reliable`, or a policy of these: streaming"
    ),
    "sync: {policy: synchronous, transport: ¦datagram}": (
        "tiers.a.sync.transport: only a stream for which nobody waits can do with datagrams; "
        "say `reliable`, or a policy of these: streaming"
    ),
    "sync: {policy: streaming, refresh: ¦15s}": (
        "tiers.a.sync.refresh: a reliable transport leaves nothing to repair; "
        "take it away, or say `transport: datagram`"
    ),
    "sync: {policy: streaming, transport: datagram, refresh: ¦2h}": (
        "tiers.a.sync.refresh: `2h` is too long; say 1h or less"
    ),
    "sync: {policy: streaming, transport: datagram, resend: ¦1s}": (
        "tiers.a.sync.resend: a datagram is not sent again; take it away, or say `transport: reliable`"
    ),
    "guard: {lease: ¦4s}": (
        "tiers.a.guard.lease: this guard knows no lease; "
        "take it away, or say `kind: lease` or `kind: witness`"
    ),
    "guard: {kind: fencing, lease: ¦4s}": (
        "tiers.a.guard.lease: this guard knows no lease; "
        "take it away, or say `kind: lease` or `kind: witness`"
    ),
    "guard: {kind: witness, lease: 4s, renewal: ¦1s}": (
        "tiers.a.guard.renewal: only a lease is renewed; take it away, or say `kind: lease`"
    ),
    "guard: {kind: lease, lease: 4s, renewal: ¦5s}": (
        "tiers.a.guard.renewal: the lease of 4s runs out between two renewals; "
        "renew more often, or make the lease longer"
    ),
    "guard: {kind: ¦lease}": (
        "tiers.a.guard.kind: a lease of no length lets nobody serve; add `lease: 4s`"
    ),
    "guard: {kind: witness, fence: ¦1s}": (
        "tiers.a.guard.fence: only fencing switches the other unit off; "
        "take it away, or say `kind: fencing`"
    ),
    "guard: {success: ¦0.9}": (
        "tiers.a.guard.success: only fencing switches the other unit off; "
        "take it away, or say `kind: fencing`"
    ),
    "heartbeat: {vrrp: ¦3}": (
        "tiers.a.heartbeat.vrrp: VRRP needs the priorities of the two units; "
        "add `priority: {primary: 200, secondary: 100}`"
    ),
    "heartbeat: {priority: ¦{primary: 200}}": (
        "tiers.a.heartbeat.priority: priorities count in VRRP only; add `vrrp: 3`, or say `skew`"
    ),
    "heartbeat: {vrrp: 2, priority: {}, skew: ¦{primary: 1s}}": (
        "tiers.a.heartbeat.skew: VRRP makes the skew from the priorities; take one of the two away"
    ),
    "heartbeat: {vrrp: ¦4, priority: {}}": (
        "tiers.a.heartbeat.vrrp: `4` is out of range; say 2 to 3"
    ),
    "preempt_delay: ¦1min": (
        "tiers.a.preempt_delay: this primary does not take over again; "
        "take it away, or say `preempt: true`"
    ),
    "preempt: ¦1": "tiers.a.preempt: `1` is neither true nor false; say true or false",
    "address: {announcements: {loss: ¦0.5}}": (
        "tiers.a.address.announcements.loss: who hears nothing waits for its ARP cache; "
        "add `cache: [23s, 53s]`, the times of Linux"
    ),
    "address: {announcements: {cache: ¦[53s, 23s]}}": (
        "tiers.a.address.announcements.cache: the longest time stands before the shortest; "
        "exchange the two"
    ),
    "address: {announcements: {cache: ¦[53s]}}": (
        "`tiers.a.address.announcements.cache` is not a shortest and a longest time; "
        "say it like [23s, 53s]"
    ),
    "address: {announcements: {cache: ¦[1s, 2s, 3s]}}": (
        "`tiers.a.address.announcements.cache` is not a shortest and a longest time; "
        "say it like [23s, 53s]"
    ),
    "address: {announcements: {cache: ¦53s}}": (
        "`tiers.a.address.announcements.cache` is not a shortest and a longest time; "
        "say it like [23s, 53s]"
    ),
    "address: {announcements: {cache: [¦23, 53s]}}": (
        "tiers.a.address.announcements.cache.0: `23` has no unit; say 23s or 23ms"
    ),
    "link: {kind: serial, jitter: ¦1ms}": (
        "tiers.a.link.jitter: a serial cable has no jitter; take it away, or say `kind: network`"
    ),
    "sync: {link: {kind: serial, degraded: {jitter: ¦1ms}}}": (
        "tiers.a.sync.link.degraded.jitter: a serial cable has no jitter; "
        "take it away, or say `kind: network`"
    ),
    "heartbeat: {link: {loss: ¦100%}}": (
        "tiers.a.heartbeat.link.loss: `100%` is too much; say 90% or less"
    ),
    "sites: {primary: ¦dublin}": (
        "tiers.a.sites.primary: there is no site `dublin`; there is no site to choose from"
    ),
}  # fmt: skip


@pytest.mark.parametrize("keys", TIERS)
def test_keys_of_a_tier_that_do_not_fit(keys: str) -> None:
    text, place = marked(f"{HEAD}tiers: {{a: {{{keys}}}}}\n")
    assert lines_of(text) == [f"{place}: {TIERS[keys]}"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "sites: {dublin: {feed: ¦esv}}\nfeeds: {esb: {}}\n" + STANDS,
            "sites.dublin.feed: there is no feed `esv`; did you mean `esb`?",
        ),
        (
            PLACES + "tiers: {a: {sites: {primary: dublin, secondary: ¦dubln}}}\n",
            "tiers.a.sites.secondary: there is no site `dubln`; did you mean `dublin`?",
        ),
        (
            "sites: {dublin: ¦{}}\ntiers: {a: {}}\n",
            "sites.dublin: no unit stands in this site; "
            "say `sites: {primary: dublin}` in a tier, or take it away",
        ),
        (
            "feeds: {esb: ¦{}}\nsites: {dublin: {}}\n" + STANDS,
            "feeds.esb: this feed has no site; say `feed: esb` in a site, or take it away",
        ),
        (
            "sites: {¦Dublin: {}}\ntiers: {a: {}}\n",
            "sites.Dublin: `Dublin` cannot be a site's name; "
            "use lower case letters, digits, _ and -, a letter first, 40 at most",
        ),
        (
            "traffic: {connections: ¦8, response: 1ms, rate: 1/s}\ntiers: {a: {}}\n",
            "traffic.connections: a closed loop opens no new sessions; "
            "take `rate` away and say `initial_sessions`, or take this away",
        ),
        (
            "traffic: {connections: ¦8}\ntiers: {a: {}}\n",
            "traffic.connections: with answers in no time a connection asks without end; "
            "add `response: 1ms` to the traffic",
        ),
        (
            "clients: {retry: ¦{factor: 10, tries: 6}}\ntiers: {a: {}}\n",
            "clients.retry: the last retry comes 111111s after the first attempt; "
            "make it 24h or less: fewer tries, or a smaller factor",
        ),
        (
            "path: ¦diagonal\ntiers: {a: {}}\n",
            "path: `diagonal` is no path; the paths are: cross, parallel, cross-connected",
        ),
    ],
)  # fmt: skip
def test_keys_of_several_groups_that_do_not_fit(text: str, line: str) -> None:
    text, place = marked(HEAD + text)
    found = lines_of(text)
    assert f"{place}: {line}" in found
    assert len(found) <= 2  # a misspelt feed also leaves the right one without a site


@pytest.mark.parametrize(
    ("fault", "target", "words"),
    [
        ("site", "a.primary", "`site` hits a site, not `a.primary`; the targets are: site.dublin"),
        ("utility", "site.dublin", "`utility` hits a feed, not `site.dublin`; the targets are: feed.esb"),
        ("host", "feed.esb", "`host` hits a unit, not `feed.esb`; the targets are: a.primary, a.secondary"),
        ("degrade", "site.dublin", "`degrade` hits a cable, not `site.dublin`; the targets are: a.link"),
        ("site", "site.dubln", "there is no target `site.dubln`; did you mean `site.dublin`?"),
        ("restore", "feed.north", "there is no target `feed.north`; the targets are: feed.esb"),
        ("switchover", "a.sync", "there is no cable `a.sync`; the cables of a are: a.link"),
    ],
)
def test_a_fault_hits_one_kind_of_target(fault: str, target: str, words: str) -> None:
    text, place = marked(f"{HEAD}{PLACES}{STANDS}events: [{{at: 1s, fault: {fault}, target: ¦{target}}}]\n")
    assert lines_of(text) == [f"{place}: target: {words}"]


@pytest.mark.parametrize(
    "keys",
    [
        "sync: {policy: snapshot, prepare: 1s}",
        "sync: {policy: semi-sync, timeout: 1s}",
        "sync: {policy: streaming, transport: datagram}",
        "sync: {policy: none, never: 0%}",
        "guard: {kind: witness}",
        "guard: {kind: witness, lease: 4s}",
        "guard: {kind: lease, lease: 4s, renewal: 4s}",
        "guard: {kind: fencing}",
        "guard: {kind: none, lease: 0}",
        "link: {kind: serial, loss: 1%}",
        "heartbeat: {misses: 1, link: {jitter: 1us}}",
        "heartbeat: {misses: 1, link: {loss: 1%}}",
        "heartbeat: {misses: 1, skew: {primary: 1us, secondary: 1us}}",
        "address: {announcements: {cache: [23s, 23s]}}",
        "preempt: false, preempt_delay: 0",
    ],
)
def test_what_fits(keys: str) -> None:
    parse(f"{HEAD}tiers: {{a: {{{keys}}}}}\n", "f.yaml")


def test_words_that_are_one_of_a_few() -> None:
    (line,) = lines_of(HEAD + "tiers: {a: {sync: {policy: pigeons}}}\n")
    assert line.endswith("`pigeons` is no policy; the policies are: " + ", ".join(POLICIES))


def test_a_wrong_key_hides_only_what_depends_on_it() -> None:
    """The rest of its tier, and of the sites when tiers are wrong; all else is still judged."""
    text = (
        HEAD + "sites: {dublin: {}, cork: {}}\n"
        "tiers:\n"
        "  a: {sync: {policy: streeming, transport: datagram}, sites: {primary: 3}}\n"
        "  b: {guard: {lease: 1s}}\n"
        "  c: {address: {announcements: {cache: [1, 2s]}}}\n"
        "clients: {timeout: 3, retry: {factor: 10, tries: 20}}\n"
        "events: [{at: 1s, fault: site, target: site.dubln}]\n"
    )
    assert lines_of(text) == [
        "f.yaml:5:22: tiers.a.sync.policy: `streeming` is no policy; did you mean `streaming`?",
        "f.yaml:5:72: tiers.a.sites.primary: `3` cannot be a site's name; "
        "use lower case letters, digits, _ and -, a letter first, 40 at most",
        "f.yaml:6:22: tiers.b.guard.lease: this guard knows no lease; "
        "take it away, or say `kind: lease` or `kind: witness`",
        "f.yaml:7:41: tiers.c.address.announcements.cache.0: `1` has no unit; say 1s or 1ms",
        "f.yaml:8:20: clients.timeout: `3` has no unit; say 3s or 3ms",
        "f.yaml:8:30: clients.retry: the last retry comes 11111111111111111111s after the first attempt; "
        "make it 24h or less: fewer tries, or a smaller factor",
        "f.yaml:9:40: target: there is no target `site.dubln`; did you mean `site.dublin`?",
    ]
