"""No test leaves this machine: not by accident, and not through a library."""

import socket
from collections.abc import Callable
from typing import Any

LOCAL = ("127.", "::1", "localhost", "0.0.0.0")


class LeftTheMachine(RuntimeError):
    """A test tried to reach another machine."""


def close() -> None:
    """From now on this process reaches only itself and its neighbours on this machine."""
    socket.socket.connect = _guarded(socket.socket.connect)
    socket.socket.connect_ex = _guarded(socket.socket.connect_ex)
    asked = socket.getaddrinfo

    def getaddrinfo(host: Any, *more: Any, **named: Any) -> Any:
        _refuse(host.decode() if isinstance(host, bytes) else host)
        return asked(host, *more, **named)

    socket.getaddrinfo = getaddrinfo


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX:
            _refuse(address[0])
        return connect(self, address)

    return guarded


def _refuse(host: str | None) -> None:
    if host and not str(host).startswith(LOCAL):
        raise LeftTheMachine(host)
