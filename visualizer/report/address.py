"""Files inside the page."""

from __future__ import annotations

import base64


def data_address(content: bytes, kind: str) -> str:
    """A file as an address that has it in itself; `kind` as the web names it: "image/png"."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
