"""Whether a Dask scheduler listens at an address: asked before Dask is, which may wait for ever."""

from __future__ import annotations

import re
import socket

from visualizer.lab.executors.executor import ExecutorError
from visualizer.language import say

_ADDRESS = re.compile(
    r"(?:(?P<scheme>\w+)://)?(?:\[(?P<six>[0-9a-fA-F:]+)\]|(?P<host>[^\s:/\[\]]+)):(?P<port>\d{1,5})"
)
_SCHEMES = ("tcp", "tls", "ws", "wss", "ucx")
_GREETING_BYTES = 8
"""Dask begins by saying how long its greeting is: a number of 64 bits, little end first."""
_LONGEST_GREETING = 1 << 20


def demand_scheduler(address: str, timeout_s: float) -> None:
    """Raises ExecutorError with one line when the text is no address, nobody is there, or somebody else."""
    scheme, host, port = _parts(address)
    if scheme == "ucx":
        return
    try:
        with socket.create_connection((host, port), timeout_s) as there:
            if scheme == "tcp" and not _greets(there):
                what = say("what listens there is no Dask scheduler; check the port")
                raise ExecutorError(f"{address}: {what}")
    except OSError as error:
        why = say("it does not answer") if isinstance(error, TimeoutError) else error.strerror
        what = say("no scheduler can be reached there: {why}; start one with `dask scheduler`, "
                   "or leave --scheduler out", why=why)  # fmt: skip
        raise ExecutorError(f"{address}: {what}") from None


def _parts(address: str) -> tuple[str, str, int]:
    found = _ADDRESS.fullmatch(address)
    scheme = (found["scheme"] or "tcp") if found else ""
    if found is None or scheme not in _SCHEMES or not 0 < int(found["port"]) < 1 << 16:
        raise ExecutorError(
            say(
                "{address} is no address of a scheduler; give one such as tcp://localhost:8786",
                address=repr(address),
            )
        )
    return scheme, found["six"] or found["host"], int(found["port"])


def _greets(there: socket.socket) -> bool:
    try:
        greeting = there.recv(_GREETING_BYTES, socket.MSG_WAITALL)
    except TimeoutError:
        return False
    return len(greeting) == _GREETING_BYTES and int.from_bytes(greeting, "little") < _LONGEST_GREETING
