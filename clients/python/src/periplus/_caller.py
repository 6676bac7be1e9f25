"""What the generated methods stand on: a connection, who speaks through it, and how pages follow each other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import httpx

from ._http import TIMEOUT, Call, answer_of, send, send_async

#: Any word will do where nobody signs in: a form of another site could not send the header at all.
CSRF = "python"


def base_of(url: str) -> str:
    """The address of the server, without what people paste along."""
    url = url.strip().rstrip("/")
    if "://" not in url:
        url = f"http://{url}"
    return url.removesuffix("/api/v1").rstrip("/")


def headers_of(key: str | None, lang: str | None) -> dict[str, str]:
    """Headers of every request."""
    from . import __version__

    headers = {"user-agent": f"periplus-python/{__version__}"}
    if key:
        headers["authorization"] = f"Bearer {key}"
    else:
        headers["x-periplus-csrf"] = CSRF
    if lang:
        headers["accept-language"] = lang
    return headers


def settings_of(url: str, key: str | None, lang: str | None, timeout: Any) -> dict[str, Any]:
    """Arguments of a connection. A redirect would take the key to another place, so that none is followed."""
    return {
        "base_url": base_of(url),
        "headers": headers_of(key, lang),
        "timeout": TIMEOUT if timeout is None else timeout,
        "follow_redirects": False,
    }


class Caller:
    """Sends calls and waits for the answers."""

    def __init__(self, http: httpx.Client):
        self._http = http

    def _call(self, call: Call) -> Any:
        return answer_of(call, send(self._http, call))

    def _pages(self, page: Callable[[str | None], Any]) -> Iterator[Any]:
        cursor: str | None = None
        while True:
            found = page(cursor)
            yield from found.items
            cursor = found.next
            if not cursor:
                return


class AsyncCaller:
    """As `Caller`, awaited."""

    def __init__(self, http: httpx.AsyncClient):
        self._http = http

    async def _call(self, call: Call) -> Any:
        return answer_of(call, await send_async(self._http, call))

    async def _pages(self, page: Callable[[str | None], Awaitable[Any]]) -> AsyncIterator[Any]:
        cursor: str | None = None
        while True:
            found = await page(cursor)
            for item in found.items:
                yield item
            cursor = found.next
            if not cursor:
                return
