"""Bombs and broken files: each refused in plain lines with the exact place, in a small process, in time."""

import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import visualizer
from visualizer.scenario import ScenarioError, load, parse

GOOD = b"""title: T
duration: 20s
tiers:
  firewall: {}
"""

ALIAS_BOMB = b"a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 10)
)
MERGE_BOMB = b"a0: &a0 {k: v}\n" + b"".join(
    b"a%d: &a%d\n  <<: [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 10)
)

# name: (bytes, how the line about it starts, after the file's name)
BAD: dict[str, tuple[bytes, str]] = {
    "alias bomb": (ALIAS_BOMB, ":1:5: the anchor `&a0`; take it away"),
    "merge bomb": (MERGE_BOMB, ":1:5: the anchor `&a0`; take it away"),
    "merge key": (GOOD + b"<<: {seed: 1}\n", ":5:1: the merge key `<<`; write the keys out"),
    "cycle": (b"&a {b: *a}\n", ":1:1: the anchor `&a`; take it away"),
    "100,000 [": (b"[" * 100_000, ":1:33: more than 32 levels deep"),
    "100,000 {": (b"{" * 100_000, ":1:2: a key must be one word"),
    "100,000 - ": (b"- " * 100_000, ":1:65: more than 32 levels deep"),
    "100,000 ?": (b"? " * 100_000, ":1:3: a key must be one word"),
    "deep indentation": (
        b"".join(b" " * n + b"a:\n" for n in range(500)),
        ":33:33: more than 32 levels deep",
    ),
    "many values": (b"a: [" + b"1," * 100_000 + b"]\n", ":1:39999: more than 20000 values"),
    "long text": (b"title: " + b"x" * 5_000, ":1:8: a text of more than 4096 characters"),
    "tab": (b"title: T\n\tduration: 20s\n", ":2:1: a tab; use spaces"),
    "duplicate key": (
        GOOD + b"title: U\n",
        ":5:1: the key `title` is here twice (first on line 1); keep one of the two",
    ),
    "1e999": (GOOD + b"seed: 1e999\n", ":5:7: `1e999` is too large a number"),
    "NaN": (GOOD + b"seed: .nan\n", ":5:7: `.nan` is not a finite number"),
    "zero interval": (
        GOOD[:-3] + b"{sync: {interval: 0s}}\n",
        ":4:31: tiers.firewall.sync.interval: `0s` is too short; say 1ms or more",
    ),
    "negative interval": (
        GOOD[:-3] + b"{sync: {interval: -1s}}\n",
        ":4:31: tiers.firewall.sync.interval: `-1s` is negative",
    ),
    "10^12 sessions": (
        GOOD + b"traffic: {initial_sessions: 1000000000000}\n",
        ":5:29: traffic.initial_sessions: `1000000000000` is out of range; say 0 to 5000000",
    ),
    "10^12 sessions by rate": (
        GOOD.replace(b"20s", b"24h") + b"traffic: {rate: 1000000/s}\n",
        ":5:17: traffic.rate: about 86,400,000,000 sessions, the limit is 5,000,000; ",
    ),
    "bandwidth without a unit": (
        GOOD[:-3] + b"{link: {bandwidth: 10}}\n",
        ":4:32: tiers.firewall.link.bandwidth: `10` has no unit; say 10kbit/s or 10Mbit/s",
    ),
    "share beyond the whole": (
        GOOD + b"clients: {stay_on_old: 60}\n",
        ":5:24: clients.stay_on_old: `60` is more than the whole; did you mean 60%?",
    ),
    "share of a huge number": (
        GOOD + b"clients: {stay_on_old: " + b"9" * 39 + b"}\n",
        ":5:24: clients.stay_on_old: `" + "9" * 39 + "` is more than the whole; say 100% or less",
    ),
    "unreadable time in a list": (
        GOOD[:-3] + b"{address: {announcements: {cache: [1s, .nan]}}}\n",
        ":4:52: `.nan` is not a finite number",
    ),
    "17 sites": (
        GOOD + b"sites: {" + b", ".join(b"s%d: {}" % number for number in range(17)) + b"}\n",
        ":5:8: `sites` is not a group of at most 16 sites; take some away",
    ),
    "a preset outside the folder": (
        GOOD[:-3] + b"{preset: ../../scenarios/article}\n",
        ":4:22: tiers.firewall.preset: there is no preset `../../scenarios/article`",
    ),
    "unknown site": (
        GOOD[:-3] + b"{sites: {primary: dublin}}\n",
        ":4:31: tiers.firewall.sites.primary: there is no site `dublin`",
    ),
    "10^6 refreshes": (
        GOOD.replace(b"20s", b"24h")[:-3]
        + b"{sync: {policy: streaming, transport: datagram, refresh: 50ms}}\n",
        ":4:70: tiers.firewall.sync.refresh: about 1,814,400 heartbeats and syncs, the limit is 500,000; ",
    ),
    "unknown target": (
        GOOD + b"events:\n  - {at: 1s, fault: host, target: firewal.primary}\n",
        ":6:35: target: there is no target `firewal.primary`; did you mean `firewall.primary`?",
    ),
    "Latin-1": (b"title: T\ndescription: caf\xe9\n", ":2:17: byte 0xe9 is not UTF-8; save the file"),
    "UTF-16": (GOOD.decode().encode("utf-16"), ":1:1: the file is UTF-16; save it as UTF-8"),
    "UTF-16 without a mark": (GOOD.decode().encode("utf-16-le"), ":1:2: the invisible character U+0000"),
    "NUL": (b"title: T\nseed: \x001\n", ":2:7: the invisible character U+0000; take it away"),
    "line separator": ("title: a\u2028b\n".encode(), ":1:9: the invisible character U+2028"),
    "escaped NUL": (b'title: "a\\0b"\n', ":1:8: the escaped character U+0000; take it away"),
    "surrogate escape": (b'title: "\\ud800"\n', ":1:8: the escaped character U+D800; take it away"),
    "escape beyond Unicode": (b'title: "\\UFFFFFFFF"\n', ":1:"),
    "empty": (b"", ":1:1: the file is empty; start with `title: ...`"),
    "only a comment": (b"# nothing\n", ":1:1: the file is empty; start with `title: ...`"),
    "a list": (b"- title\n", ":1:1: a scenario is made of keys with values"),
    "a word": (b"hello\n", ":1:1: a scenario is made of keys with values"),
    "two documents": (GOOD + b"---\n" + GOOD, ":5:1: a second document starts here"),
    "tag": (GOOD + b"seed: !!int 3\n", ":5:7: the tag `tag:yaml.org,2002:int`; take it away"),
    "python tag": (b"a: !!python/object/apply:os.system [x]\n", ":1:4: the tag `tag:yaml.org,2002:python/"),
    "open quotes": (b'title: "T\nseed: 1\n', ":1:8: quotes open here and never close; close them"),
    "open bracket": (b"tiers: {a: {b: 1\n", ":2:1: a bracket is not closed here"),
    "two colons": (b"title: a: b\n", ":1:9: a second `:` in one line"),
    "bad indentation": (b"title: T\n duration: 20s\n", ":2:10: a second `:` in one line"),
    "50 MB": (
        b"title: " + b"x" * 50_000_000,
        ": the file is larger than 256 KiB; a scenario is a short text",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_single_lines_at_the_exact_place(name: str, tmp_path: Path) -> None:
    content, start = BAD[name]
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        load(path)
    lines = str(caught.value).splitlines()
    assert any(line.startswith(f"{path}{start}") for line in lines), lines
    assert len(lines) == len(caught.value.problems)
    assert all(line.startswith(str(path)) and line.isprintable() and "; " in line for line in lines)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measures through /proc")
def test_bombs_are_refused_in_a_small_process(tmp_path: Path) -> None:
    """Every bad file after the other under a 1 GB limit of address space: no signal, no traceback."""
    for number, (content, _) in enumerate(BAD.values()):
        (tmp_path / f"{number}.yaml").write_bytes(content)
    program = (
        "import re, sys\n"
        "from visualizer.scenario import ScenarioError, load\n"
        # not ru_maxrss: that begins with the size of the process that started this one
        "used = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) // 1024\n"
        "for path in sys.argv[1:]:\n"
        "    try: load(path)\n"
        "    except ScenarioError: print('refused')\n"
        "print(used())\n"
    )
    home = str(Path(visualizer.__file__).parents[1])
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": home},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)),
    )  # fmt: skip
    *verdicts, peak_mb = done.stdout.split()
    assert (done.returncode, done.stderr, verdicts) == (0, "", ["refused"] * len(BAD))
    assert int(peak_mb) < 300
    assert time.monotonic() - started < 2 * len(BAD)


def test_a_small_stack_is_enough() -> None:
    verdicts: list[str] = []

    def read_bombs() -> None:
        for name in ("100,000 [", "100,000 - ", "deep indentation", "alias bomb"):
            try:
                parse(BAD[name][0].decode(), "f.yaml")
            except ScenarioError:
                verdicts.append(name)

    before = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=read_bombs)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert len(verdicts) == 4


def test_a_file_of_many_problems_names_a_hundred() -> None:
    with pytest.raises(ScenarioError) as caught:
        parse("a: 1\n" * 5_000, "f.yaml")
    assert len(caught.value.problems) == 101
    assert "more problems are not shown" in str(caught.value).splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no/such.yaml", "no/such.yaml: there is no such file; check the path"),
        ("articel", "articel: there is no scenario `articel`; did you mean `article`?"),
        (".", ".: this is a folder; name a file in it"),
        ("a\0b/c.yaml", "a\\x00b/c.yaml: th"),
        ("x" * 5_000 + ".yaml", "the file cannot be read"),
    ],
)
def test_what_cannot_be_opened_is_one_line(name: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(name)
    assert message in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_pipe_does_not_wait_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(ScenarioError, match="this is not an ordinary file"):
        load(tmp_path / "pipe.yaml")
