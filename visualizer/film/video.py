"""Frames into a file: H.264 in MP4 by PyAV, made as `NAME.part`, whole under its name at the end.

The part is fragmented (each fragment plays on its own), so what Ctrl-C or a crash leaves can be watched.
At the end the same packets are written once more with the index in front.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_FRAGMENTED = "frag_keyframe+empty_moov+default_base_moof"
_BT709 = 1


class FilmError(Exception):
    """The film cannot be made; the text is one clear line."""


class VideoFile:
    """A film that is being written; use it in a `with` block.

    Leaving the block in good order renames the part to `path`; leaving it by an error or Ctrl-C closes the
    part so that it can be played, and leaves `path` as it was. Raises FilmError when PyAV or its encoder is
    missing, `path` exists without `force`, a side is odd, or the system refuses (with its own words).
    """

    def __init__(self, path: Path, size_px: tuple[int, int], fps: int, *, force: bool = False) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")
        self.frames = 0
        self._fps = fps
        self._av = _library()
        _check(path, size_px, force=force)
        try:
            self._container: Any = self._av.open(
                str(self.part), "w", format="mp4", options={"movflags": _FRAGMENTED, "fflags": "+bitexact"}
            )
        except OSError as error:
            raise FilmError(f"{path}: {error.strerror or error}") from error
        self._stream = self._new_stream(size_px)

    def _new_stream(self, size_px: tuple[int, int]) -> Any:
        stream = self._container.add_stream("libx264", rate=self._fps)
        stream.width, stream.height = size_px
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "veryfast", "crf": "20", "flags": "+bitexact"}
        context = stream.codec_context
        context.thread_count = 2  # fixed, because the number of threads changes the bytes
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = 1
        return stream

    def write(self, pixels: Pixels) -> None:
        """Encode one more frame, shape (height, width, 3), red green blue."""
        frame = self._av.VideoFrame.from_ndarray(pixels, format="rgb24")
        frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
        frame.pts = self.frames
        frame.time_base = Fraction(1, self._fps)
        self._mux(frame)
        self.frames += 1

    def _mux(self, frame: Any) -> None:
        try:
            self._container.mux(self._stream.encode(frame))
        except OSError as error:
            raise FilmError(
                f"{self.part}: {error.strerror or error}; what was written can be played"
            ) from error

    def __enter__(self) -> VideoFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._mux(None)
            self._container.close()
        except (OSError, FilmError) as failure:
            if error is None:
                raise FilmError(f"{self.part}: {failure}") from failure
            return
        if error is None:
            self._finish()

    def _finish(self) -> None:
        """The same packets in one piece with the index in front, so that players can seek at once."""
        whole = self.path.with_name(self.path.name + ".whole.part")
        options = {"movflags": "faststart", "fflags": "+bitexact"}
        try:
            with (
                self._av.open(str(self.part)) as source,
                self._av.open(str(whole), "w", format="mp4", options=options) as target,
            ):
                stream = target.add_stream_from_template(source.streams.video[0])
                for packet in source.demux(video=0):
                    if packet.dts is not None:
                        packet.stream = stream
                        target.mux(packet)
            whole.replace(self.path)
        except OSError as failure:
            whole.unlink(missing_ok=True)
            raise FilmError(
                f"{self.path}: {failure.strerror or failure}; {self.part} can be played"
            ) from failure
        self.part.unlink()


def _library() -> ModuleType:
    try:
        import av  # noqa: PLC0415  (everything but film works without it)
    except ImportError:
        raise FilmError("film needs PyAV, which is not installed; install it with: pip install av") from None
    if "libx264" not in av.codecs_available:
        raise FilmError("this PyAV has no H.264 encoder (libx264); install it with: pip install av")
    return av


def _check(path: Path, size_px: tuple[int, int], *, force: bool) -> None:
    if path.exists() and not force:
        raise FilmError(f"{path}: exists already; give --force to overwrite it")
    if not path.parent.is_dir():
        raise FilmError(f"{path}: there is no folder {path.parent}; make it first")
    if size_px[0] % 2 or size_px[1] % 2:
        raise FilmError(f"{size_px[0]}x{size_px[1]}: H.264 needs even sides; make both even")
