"""Processes that are being started: Ctrl-C is not theirs to hear."""

from __future__ import annotations

import subprocess
import sys

import pytest
from film.command import environment

ASK = """
import signal
from multiprocessing import get_context
from visualizer.lab.executors.child import starting

context = get_context("spawn")
for _ in range(2):
    ours, theirs = context.Pipe()
    process = context.Process(target=signal.pthread_sigmask, args=(signal.SIG_BLOCK, ()))
    with starting():
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        process.start()
        still = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    after = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    process.join()
    print(*(signal.SIGINT in mask for mask in (blocked, still, after)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no signal masks")
def test_ctrl_c_waits_until_a_process_is_started_also_the_first_one():
    """The first one starts the tracker of `multiprocessing`, too, which ends by letting signals in."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout.split("\n")) == (
        0,
        ["True True False", "True True False", ""],
    ), done.stderr
