"""Disks of a test's own, too small or not to be written to: they live and go with a mount namespace."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from film.command import Done, run
from programs import cannot

# $1: the folder, $2: size of the disk, $3: rw or ro, $4: what lies on it before, $5: where a copy of what it
# held goes, then the command.
ON_A_DISK = """
mount -t tmpfs -o "size=$2" none "$1" && cp -a "$4/." "$1" && mount -o "remount,$3" "$1" || exit 99
folder=$1 kept=$5
shift 5
cd "$folder" && "$@"
code=$?
cp -a "$folder/." "$kept" || exit 99
exit $code
"""

_TESTS = {"PYTHONPATH": str(Path(__file__).parents[1])}


def run_on_disk(
    *arguments: str, folder: Path, size: str, read_only: bool = False, module: str = "visualizer"
) -> Done:
    """One command in a folder that is a disk of this size ("400k"); `module`: of the program, or of a test's.

    In `folder` stand what lies on the disk before (`before`) and what lay on it at the end (`after`).
    """
    before, disk, after = (folder / name for name in ("before", "disk", "after"))
    for each in (before, disk, after):
        each.mkdir(exist_ok=True)
    namespace = _namespace(disk)
    script = (
        "sh",
        "-c",
        ON_A_DISK,
        "sh",
        str(disk),
        size,
        "ro" if read_only else "rw",
        str(before),
        str(after),
    )
    done = run(*arguments, folder=folder, env=_TESTS, before=(*namespace, *script), module=module)
    if done.code == 99:
        raise RuntimeError(done.err)
    return done


def _namespace(disk: Path) -> tuple[str, ...]:
    """The words that start a command where it may mount what only it sees; ends the test where none may."""
    unshare = shutil.which("unshare")
    words = (unshare or "", *(("-m",) if os.geteuid() == 0 else ("-rm",)))
    mount = [*words, "mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)]
    if unshare is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        cannot("this system does not let a test mount a disk of its own")
    return words
