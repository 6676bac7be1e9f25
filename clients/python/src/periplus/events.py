"""What the server tells: a stream of events that is taken up again where it broke off."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import httpx

from ._http import PAUSE, PAUSE_AT_MOST, fault_of, unreachable
from .problems import ServerFault, TooMany

#: The server says something every 15 seconds; silence twice as long is a dead connection.
SILENCE = 35.0
#: Failures in a row after which the caller is told.
FAILURES = 8


@dataclasses.dataclass(frozen=True)
class Event:
    """Something that happened. `kind` "lost" means that events were missed: read again what you show."""

    id: str
    kind: str
    data: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def at(self) -> str | None:
        """When, RFC 3339."""
        return self.data.get("at")

    @property
    def object(self) -> str | None:
        """What it happened to."""
        return self.data.get("object")


class Lines:
    """Bytes to lines. Only CR and LF end a line here; `str.splitlines` ends one at other signs too, which may stand in a text."""

    def __init__(self) -> None:
        self._rest = b""

    def take(self, data: bytes) -> list[str]:
        """The lines that are complete now."""
        data = self._rest + data
        # A CR at the very end may be half of a CRLF.
        held = b"\r" if data.endswith(b"\r") else b""
        data = data[: len(data) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *whole, rest = data.split(b"\n")
        self._rest = rest + held
        return [it.decode("utf-8", errors="replace") for it in whole]


class Parser:
    """Lines of `text/event-stream` to events, as the HTML standard reads them."""

    def __init__(self, last: str | None = None):
        self.last = last
        #: Seconds before coming back, where the server said so.
        self.retry: float | None = None
        self._kind = ""
        self._data: list[str] = []
        # Counts once the event is whole: half an event is asked for again.
        self._id = last

    def take(self, line: str) -> Event | None:
        """One line without its end; an event when it ends one."""
        if line == "":
            return self._dispatch()
        field, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if field == "data":
            self._data.append(value)
        elif field == "event":
            self._kind = value
        elif field == "id" and "\0" not in value:
            self._id = value
        elif field == "retry" and value.isdigit():
            self.retry = int(value) / 1000
        return None

    def _dispatch(self) -> Event | None:
        kind, data = self._kind or "message", "\n".join(self._data)
        self._kind, self._data, self.last = "", [], self._id
        if not data:
            return None
        try:
            value = json.loads(data)
        except ValueError:
            value = {"text": data}
        return Event(self.last or "", kind, value if isinstance(value, dict) else {"value": value})

    def begin(self) -> None:
        """A new connection: half an event is no event."""
        self._kind, self._data, self._id = "", [], self.last


@dataclasses.dataclass
class Listening:
    """How to listen: from where, to what, and for how long without a word."""

    path: str
    last: str | None = None
    kinds: frozenset[str] = frozenset()
    idle: float | None = None

    @classmethod
    def of(cls, path: str, last: str | int | None, kinds: Iterable[str] | str | None, idle: float | None) -> Listening:
        """From what a caller says."""
        words = frozenset([kinds] if isinstance(kinds, str) else kinds or ())
        return cls(path, None if last is None else str(last), words, idle)

    def wants(self, event: Event) -> bool:
        """Whether the caller asked for it. That something was missed is always told."""
        return not self.kinds or event.kind in self.kinds or event.kind == "lost"

    def request(self, http: httpx.Client | httpx.AsyncClient, parser: Parser) -> httpx.Request:
        """The request for the rest of the stream."""
        headers = {"accept": "text/event-stream", "cache-control": "no-store"}
        if parser.last is not None:
            headers["last-event-id"] = parser.last
        silence = SILENCE if self.idle is None else min(SILENCE, max(self.idle, 0.05))
        timeout = httpx.Timeout(silence, connect=5.0)
        return http.build_request("GET", self.path, headers=headers, timeout=timeout)


def _pause(parser: Parser, failures: int) -> float:
    base = parser.retry if parser.retry is not None else PAUSE
    return min(base * 2 ** max(0, failures - 1), PAUSE_AT_MOST)


def _told(parser: Parser, lines: Lines, data: bytes, how: Listening) -> list[Event]:
    """The events that the caller wants, of those that these bytes complete."""
    found = [parser.take(line) for line in lines.take(data)]
    return [it for it in found if it is not None and how.wants(it)]


def _again(response: httpx.Response) -> bool:
    fault = fault_of(response)
    if isinstance(fault, (ServerFault, TooMany)):
        return True
    raise fault


def listen(http: httpx.Client, how: Listening) -> Iterator[Event]:
    """Events as they come. A connection that breaks is opened again, and what came meanwhile follows."""
    parser, failures, heard = Parser(how.last), 0, time.monotonic()
    while True:
        request = how.request(http, parser)
        try:
            response = http.send(request, stream=True)
            try:
                if response.status_code != 200:
                    response.read()
                    failures += _again(response)
                else:
                    parser.begin()
                    failures = 0
                    lines = Lines()
                    for data in response.iter_bytes():
                        for event in _told(parser, lines, data, how):
                            yield event
                            heard = time.monotonic()
                        if how.idle is not None and time.monotonic() - heard >= how.idle:
                            return
            finally:
                response.close()
        except httpx.TransportError as error:
            if not isinstance(error, httpx.ReadTimeout):
                failures += 1
            if failures >= FAILURES:
                raise unreachable(request, error) from error
        if how.idle is not None and time.monotonic() - heard >= how.idle:
            return
        time.sleep(_pause(parser, failures))


async def listen_async(http: httpx.AsyncClient, how: Listening) -> AsyncIterator[Event]:
    """As `listen`."""
    parser, failures, heard = Parser(how.last), 0, time.monotonic()
    while True:
        request = how.request(http, parser)
        try:
            response = await http.send(request, stream=True)
            try:
                if response.status_code != 200:
                    await response.aread()
                    failures += _again(response)
                else:
                    parser.begin()
                    failures = 0
                    lines = Lines()
                    async for data in response.aiter_bytes():
                        for event in _told(parser, lines, data, how):
                            yield event
                            heard = time.monotonic()
                        if how.idle is not None and time.monotonic() - heard >= how.idle:
                            return
            finally:
                await response.aclose()
        except httpx.TransportError as error:
            if not isinstance(error, httpx.ReadTimeout):
                failures += 1
            if failures >= FAILURES:
                raise unreachable(request, error) from error
        if how.idle is not None and time.monotonic() - heard >= how.idle:
            return
        await asyncio.sleep(_pause(parser, failures))
