"""A real browser without a window: what it makes of a film or picture, told by a page that shows it."""

from __future__ import annotations

import json
import queue
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from programs import program

WAIT_S = 60
TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".gif": "image/gif",
    ".png": "image/png",
    ".apng": "image/apng",
    ".webp": "image/webp",
}
PAGE = """<!doctype html><meta charset="utf-8"><title>player</title><script>
const [kind, at] = [KIND, AT];

async function film(url) {
  const video = document.createElement("video");
  video.src = url;
  await new Promise((done, fail) => {
    video.onloadeddata = done;
    video.onerror = () => fail(video.error.message || "code " + video.error.code);
  });
  video.currentTime = at;
  await new Promise(done => { video.onseeked = done; });
  await fetch("/frame", {method: "POST", body: await still(video)});
  video.currentTime = 0;
  await new Promise(done => { video.onseeked = done; });
  video.onerror = null;
  await video.play();
  await new Promise((done, fail) => {
    video.onended = done;
    video.onerror = () => fail(video.error.message);
  });
  return {
    width: video.videoWidth, height: video.videoHeight, seconds: video.duration,
    ended: video.ended, stopped_at: video.currentTime,
    heard_bytes: video.webkitAudioDecodedByteCount, seen_bytes: video.webkitVideoDecodedByteCount,
  };
}

async function picture(url, bytes, type) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const decoder = new ImageDecoder({data: bytes, type: type === "image/apng" ? "image/png" : type});
  await decoder.completed;
  await decoder.tracks.ready;
  const track = decoder.tracks.selectedTrack;
  let length_us = 0;
  for (let number = 0; number < track.frameCount; number++) {
    length_us += (await decoder.decode({frameIndex: number})).image.duration || 0;
  }
  return {
    width: image.naturalWidth, height: image.naturalHeight, frames: track.frameCount, length_us,
    endless: track.repetitionCount === Infinity,
  };
}

function still(video) {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext("2d").drawImage(video, 0, 0);
  return canvas.convertToBlob({type: "image/png"});
}

async function show() {
  const answer = await fetch("/shown");
  const blob = await answer.blob();
  const url = URL.createObjectURL(blob);
  return kind === "video" ? film(url) : picture(url, await blob.arrayBuffer(), blob.type);
}

show().then(seen => seen, error => ({error: String(error)}))
  .then(seen => fetch("/seen", {method: "POST", body: JSON.stringify(seen)}));
</script>"""


def seen_in_browser(path: Path, at_s: float = 0.0) -> dict[str, Any]:
    """A film is played to its end, a picture is decoded.

    Film: width, height, seconds, ended, stopped_at, heard_bytes, seen_bytes, frame (a PNG of what stands at
    `at_s`). Picture: width, height, frames, length_us, endless. Either: error.
    """
    chromium = program("chromium", "chromium", "google-chrome")
    kind = TYPES[path.suffix]
    page = PAGE.replace("KIND", json.dumps(kind.partition("/")[0])).replace("AT", json.dumps(at_s))
    with _served(page.encode(), path.read_bytes(), kind) as (address, seen), _browsing(chromium, address):
        return seen.get(timeout=WAIT_S)


@contextmanager
def _served(page: bytes, shown: bytes, kind: str) -> Iterator[tuple[str, queue.Queue[dict[str, Any]]]]:
    """The address of a page that shows a file, and where what it saw arrives."""
    seen: queue.Queue[dict[str, Any]] = queue.Queue()
    frames: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = {"/": (page, "text/html"), "/shown": (shown, kind)}
            body, its_type = known.get(self.path, (b"", "text/plain"))
            self.send_response(200 if self.path in known else 404)
            self.send_header("Content-Type", its_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/frame":
                frames.append(body)
            else:
                seen.put(json.loads(body) | {"frame": frames[-1] if frames else b""})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", seen
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _browsing(chromium: str, address: str) -> Iterator[None]:
    """The browser on a page, with a profile that nobody else has; ended with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = subprocess.Popen(
            [
                chromium,
                "--headless=new",
                "--no-sandbox",  # as root there is no other way; all it sees is our own page
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--mute-audio",
                "--autoplay-policy=no-user-gesture-required",
                "--no-first-run",
                "--disable-background-networking",
                f"--user-data-dir={profile}",
                address,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            browser.terminate()
            browser.wait()
