"""A long job that says how far it is: `python -m study.long_job FILE [words of part]`."""

from __future__ import annotations

import sys
from pathlib import Path

from lab.families import bytes_of, families

from visualizer.lab.executors import executor_for
from visualizer.lab.playing import play
from visualizer.study.error import StudyError
from visualizer.study.journal import part

SEEDS = 150
"""Nine tasks."""


def main(name: str, *words: str) -> int:
    path, runs = Path(name), families(SEEDS)
    try:
        with (
            part(path, runs, resume="resume" in words, force="force" in words) as journal,
            executor_for(1) as here,
        ):
            if journal.said:
                print(journal.said, flush=True)

            def keep(index: int, rows: object) -> None:
                journal.keep(index, rows)
                print(journal.told(), flush=True)

            path.write_bytes(bytes_of(play(runs, here, done=journal.done, keep=keep)))
    except StudyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
