"""A long job that says how far it is: `python -m study.long_job FILE [words of part]`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from lab.families import bytes_of, families

from visualizer.lab.executors import executor_for
from visualizer.lab.playing import play
from visualizer.study.error import StudyError
from visualizer.study.journal import part

SEEDS = 30
JOB = families(SEEDS, designs=9)
"""Nine tasks."""
_LONG_S = 0.1
"""So that there is time to be killed in."""


def main(name: str, *words: str) -> int:
    path = Path(name)
    try:
        with (
            part(path, JOB, resume="resume" in words, force="force" in words) as journal,
            executor_for(1 + ("two" in words)) as here,
        ):
            if journal.said:
                print(journal.said, flush=True)

            def keep(index: int, rows: object) -> None:
                journal.keep(index, rows)
                print(journal.told(), flush=True)
                time.sleep(_LONG_S)

            path.write_bytes(bytes_of(play(JOB, here, done=journal.done, keep=keep)))
    except StudyError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"stopped; {journal.path} has {journal.told()}", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
