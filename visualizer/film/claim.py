"""The right to make a file: the part beside it, which one run holds at a time.

The part is locked by the process that writes it. Who finds it locked stops; who finds it and no lock writes
over what a dead run has left.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType
from typing import IO

from visualizer.files import held, take_away
from visualizer.film.errors import FilmError, refused
from visualizer.language import say

FRAME = "frame-{:06d}.png"
"""The name of a picture in a folder of them; the first is number 0."""
_LOCK = ".lock"


class Claim:
    """`path` is to be made by way of `part`; use it in a `with` block, which gives the claim up at its end.

    The part stays where it is unless `finished` has put the whole under its name. Raises FilmError when
    `path` exists without `force`, another run holds the part, or the system refuses.
    """

    def __init__(self, path: Path, *, folder: bool, force: bool) -> None:
        if path.name in ("", ".."):
            raise FilmError(
                say("{path}: is the folder where you are, or above it; name one for the frames", path=path)
            )
        self.path = path
        self.part = path.with_name(path.name + ".part")
        self._folder = folder
        self._force = force
        self._check()
        try:
            self._stream = self._held()
        except OSError as error:
            raise refused(path, error) from error
        self._empty()

    def _check(self) -> None:
        if not self.path.parent.is_dir():
            raise FilmError(
                say(
                    "{path}: there is no folder {folder}; make it first",
                    path=self.path,
                    folder=self.path.parent,
                )
            )
        if self._folder != self.path.is_dir() and self.path.exists():
            if self._folder:
                raise FilmError(say("{path}: is a file; choose another name", path=self.path))
            raise FilmError(say("{path}: is a folder; choose another name", path=self.path))
        if self._folder and self.path.exists():
            self._check_folder()
        elif self.path.exists() and not self._force:
            raise FilmError(say("{path}: exists already; give --force to overwrite it", path=self.path))

    def _check_folder(self) -> None:
        """A folder is only ever replaced when it holds nothing but pictures of a film."""
        names = [entry.name for entry in self.path.iterdir()]
        if not all(_is_frame(name) for name in names):
            raise FilmError(say("{path}: holds other files; name a new or an empty folder", path=self.path))
        if names and not self._force:
            raise FilmError(
                say("{path}: holds frames already; give --force to overwrite them", path=self.path)
            )

    def _held(self) -> IO[bytes]:
        """The part, or what is locked in it, open and locked."""
        if self._folder:
            self.part.mkdir(exist_ok=True)
        locked = self.part / _LOCK if self._folder else self.part
        stream = held(locked)
        if stream is None:
            raise FilmError(
                say("{path}: another run is writing it; wait for it or choose another name", path=self.part)
            )
        return stream

    def _empty(self) -> None:
        """Take away what a dead run has left."""
        if not self._folder:
            self._stream.truncate(0)
            return
        for entry in self.part.iterdir():
            if entry.name != _LOCK:
                entry.unlink()

    def finished(self, whole: Path | None = None) -> None:
        """Put the whole under its name, and take the part away; without `whole` the part itself is it.

        Raises FilmError when meanwhile somebody else has made a file of that name, OSError.
        """
        self._check()
        if self._folder:
            take_away(self.part / _LOCK, self._stream)
            old = self.path.with_name(self.path.name + ".old.part")
            if self.path.exists():
                self.path.rename(old)
            self.part.rename(self.path)
            shutil.rmtree(old, ignore_errors=True)
        else:
            assert whole is not None
            whole.replace(self.path)
            take_away(self.part, self._stream)

    def __enter__(self) -> Claim:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()


def _is_frame(name: str) -> bool:
    stem, _, number = Path(name).stem.rpartition("-")
    return name == f"{stem}-{number}.png" and stem == "frame" and number.isdecimal()
