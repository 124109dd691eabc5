"""All problems at once, each with its place and its nearest right word."""

import pytest

from visualizer.scenario import ScenarioError, parse

MANY = """title: 12
durration: 20s
traffic: {rate: 10, initial_sessions: 1e999, lifetimes: fixd}
tiers:
  firewall:
    sync: {policy: periodc, intervall: 3, interval: 0s}
    heartbeat: {interval: 3, misses: 0, link: 3}
    boot: yes
    boot: 3m
events:
  - {at: 11s, fault: hst, target: firewall.primary}
  - {at: 15s, set: tiers.firewall.sync.intervall, value: 1s}
  - {at: 15s, set: tiers.firewall.sync.interval, value: 1}
  - {at: 15s, fault: host, target: firewal.primary}
  - {at: 15s, fault: cut, target: firewall.primary}
  - {at: 15s, fault: cut, target: firewall.heartbeat}
  - {at: 15s}
  - 3
"""

EXPECTED = """\
f.yaml:1:8: title: `12` is not text; put it in quotes
f.yaml:2:1: the key `durration` is unknown here; did you mean `duration`?
f.yaml:3:17: traffic.rate: `10` is not a rate; say 10/s or 10/min
f.yaml:3:39: `1e999` is too large a number; say a smaller one
f.yaml:3:57: traffic.lifetimes: `fixd` is no lifetime law; did you mean `fixed`?
f.yaml:6:20: tiers.firewall.sync.policy: `periodc` is no policy; did you mean `periodic`?
f.yaml:6:29: the key `intervall` is unknown here; did you mean `interval`?
f.yaml:6:53: tiers.firewall.sync.interval: `0s` is too short; say 1ms or more
f.yaml:7:27: tiers.firewall.heartbeat.interval: `3` has no unit; say 3s or 3ms
f.yaml:7:38: tiers.firewall.heartbeat.misses: `0` is out of range; say 1 to 60
f.yaml:7:47: `tiers.firewall.heartbeat.link` is not a group of keys; put its keys on the lines below, indented
f.yaml:8:11: `yes` is a yes or no to some programs and text to others; say true or false, or put \
it in quotes if it is text
f.yaml:9:5: the key `boot` is here twice (first on line 8); keep one of the two
f.yaml:11:22: fault: `hst` is no fault; did you mean `host`?
f.yaml:12:20: set: `tiers.firewall.sync.intervall` cannot be set during a run; did you mean \
`tiers.firewall.sync.interval`?
f.yaml:13:57: value: `1` has no unit; say 1s or 1ms
f.yaml:14:36: target: there is no target `firewal.primary`; did you mean `firewall.primary`?
f.yaml:15:35: target: `cut` hits a cable, not `firewall.primary`; the targets are: firewall.link
f.yaml:16:35: target: there is no cable `firewall.heartbeat`; the cables of firewall are: firewall.link
f.yaml:17:5: the key `fault` is missing; add `fault: host`
f.yaml:17:5: the key `target` is missing; add `target: firewall.primary`
f.yaml:18:5: `the event` is not a group of keys; put its keys on the lines below, indented"""

HEAD = "title: T\nduration: 20s\n"
DEADLINE = (
    "with 1 miss and no latency every heartbeat comes at the very instant of its deadline; "
    "say 2 misses, or give the heartbeat's cable a latency"
)


def lines_of(text: str, *overrides: str, faults: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        parse(text, "f.yaml", overrides, faults)
    return str(caught.value).splitlines()


def test_every_problem_of_a_file_comes_at_once() -> None:
    assert lines_of(MANY) == EXPECTED.splitlines()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "seed: 1\n",
            [
                "f.yaml:1:1: the key `title` is missing; add `title: The miss`",
                "f.yaml:1:1: the key `duration` is missing; add `duration: 20s`",
                "f.yaml:1:1: the key `tiers` is missing; add `tiers: {firewall: {}}`",
            ],
        ),
        (
            HEAD + "tiers: {}\n",
            ["f.yaml:3:8: `tiers` is not a group of 1 to 8 tiers; name at least one tier below it"],
        ),
        (
            HEAD + "tiers: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}, i: {}}\n",
            ["f.yaml:3:8: `tiers` is not a group of 1 to 8 tiers; take some away"],
        ),
        (
            HEAD + "tiers: {Fire wall: {}}\n",
            [
                "f.yaml:3:9: tiers.Fire wall: `Fire wall` cannot be a tier's name; "
                "use lower case letters, digits, _ and -, a letter first, 40 at most"
            ],
        ),
        (
            HEAD + "tiers: {a: {heartbeat: {misses: 1}}}\n",
            [
                f"f.yaml:3:33: tiers.a.heartbeat.misses: {DEADLINE}"
            ],
        ),
        (
            HEAD + "tiers: {a: {link: {latency: 1s}, heartbeat: {link: {}}, sync: {link: {}}}}\n",
            [
                "f.yaml:3:19: tiers.a.link: nothing uses this cable: heartbeat and sync each have their own; "
                "take one of the three away"
            ],
        ),
        (
            HEAD + "tiers: {a: {}}\nevents: [{at: 21s, fault: host, target: a.primary}]\n",
            [
                "f.yaml:4:15: at: 21s is after the end of the run, 20s; "
                "say an earlier time, or make the run longer"
            ],
        ),
        (
            HEAD + "tiers: {a: {}}\nevents: [{at: 1s, fault: host, target: a.link}]\n",
            [
                "f.yaml:4:40: target: `host` hits a unit, not `a.link`; "
                "the targets are: a.primary, a.secondary"
            ],
        ),
        (
            HEAD + "tiers: {a: {}}\nevents: [{at: 1s, set: tiers.a.sync.link.latency, value: 1ms}]\n",
            [
                "f.yaml:4:24: set: `tiers.a.sync.link.latency` cannot be set during a run; "
                "did you mean `tiers.a.link.latency`?"
            ],
        ),
        (
            HEAD + "tiers: {a: {heartbeat: {misses: 2}}}\n"
            "events: [{at: 1s, set: tiers.a.heartbeat.misses, value: 1}]\n",
            [
                f"f.yaml:4:57: value: {DEADLINE}"
            ],
        ),
    ],
)  # fmt: skip
def test_what_only_two_keys_together_show(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


DATAGRAM = "{policy: streaming, transport: datagram"
FIFTY = "traffic: {initial_sessions: 1000}"
MILLION = "traffic: {rate: 10000/s}"


@pytest.mark.parametrize(
    ("duration", "keys", "place", "message"),
    [
        ("100s", "traffic: {rate: 50000/s}", None, ""),
        ("100s", "traffic: {rate: 50001/s}", "4:17", "about 5,000,100 sessions, the limit is 5,000,000"),
        ("100s", "traffic: {rate: 40000/s, initial_sessions: 1000000}", None, ""),
        ("100s", "traffic: {rate: 40001/s, initial_sessions: 1000000}", "4:17", "about 5,000,100 sessions"),
        ("100s", "traffic: {initial_sessions: 200000, transactions: 1/s}", None, ""),
        ("100s", "traffic: {initial_sessions: 200001, transactions: 1/s}", "4:51", "20,000,100 trans"),
        ("100s", "traffic: {initial_sessions: 200001, transactions: 1/s, lifetime: 10s}", None, ""),
        ("1h", "traffic: {rate: 1000/s, transactions: 1/s, lifetime: 5s}", None, ""),
        ("1h", "traffic: {rate: 1000/s, transactions: 1/s}", "4:39", "transactions, the limit is 20,000,000"),
        ("100s", "events: [{at: 50s, set: traffic.rate, value: 100001/s}]", "1:1", "about 5,000,050"),
        ("100s", "events: [{at: 50s, set: traffic.rate, value: 100000/s}]", None, ""),
        ("10000s", "tick: 1ms", None, ""),
        ("10000.1s", "tick: 1ms", "4:7", "about 10,000,100 ticks, the limit is 10,000,000"),
        ("499s", "tiers: {a: {heartbeat: {interval: 1ms}}}", None, ""),
        ("501s", "tiers: {a: {heartbeat: {interval: 1ms}}}", "3:35", "501,167 heartbeats and syncs"),
        ("100s", "traffic: {connections: 200, response: 1ms}", None, ""),
        ("100s", "traffic: {connections: 201, response: 1ms}", "4:24", "20,100,000 transactions, the limit"),
        ("100s", f"tiers: {{a: {{sync: {DATAGRAM}, refresh: 2ms}}}}}}\n{FIFTY}", None, ""),
        ("101s", f"tiers: {{a: {{sync: {DATAGRAM}, refresh: 1ms}}}}}}\n{FIFTY}", "3:69", "changes sent"),
        ("499s", f"tiers: {{a: {{sync: {DATAGRAM}, refresh: 1ms}}}}}}", None, ""),
        ("501s", f"tiers: {{a: {{sync: {DATAGRAM}, refresh: 1ms}}}}}}", "3:69", "heartbeats and syncs"),
        ("499s", "tiers: {a: {sync: {policy: semi-sync, timeout: 1ms}}}", None, ""),
        ("501s", "tiers: {a: {sync: {policy: semi-sync, timeout: 1ms}}}", "3:48", "heartbeats and syncs"),
        ("501s", "tiers: {a: {sync: {policy: semi-sync, timeout: 0s}}}", "3:48", "say 1ms or more"),
        ("100s", f"tiers: {{a: {{sync: {{change_size: 1MB}}}}}}\n{MILLION}", None, ""),
        ("101s", f"tiers: {{a: {{sync: {{change_size: 1MB}}}}}}\n{MILLION}", "3:33", "bytes to copy"),
        ("101s", f"tiers: {{a: {{sync: {{policy: none, change_size: 1MB}}}}}}\n{MILLION}", None, ""),
    ],
)  # fmt: skip
def test_a_run_at_the_limit_is_taken_and_one_beyond_is_refused(
    duration: str, keys: str, place: str | None, message: str
) -> None:
    tiers = "" if keys.startswith("tiers") else "tiers: {a: {}}\n"
    text = f"title: T\nduration: {duration}\n{tiers}{keys}\n"
    if place is None:
        parse(text, "f.yaml")
        return
    (line,) = lines_of(text)
    assert line.startswith(f"f.yaml:{place}: ")
    assert message in line
