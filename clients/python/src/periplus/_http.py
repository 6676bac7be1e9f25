"""Requests: how one is written, when it is tried again, and what its answer means."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import json
import random
import re
import time
import urllib.parse
import uuid
from collections.abc import Mapping
from typing import Any

import httpx

from ._wire import decode, encode
from .problems import PeriplusError, Unreachable, problem_of

#: Tries of one request, the first among them.
TRIES = 4
#: The first pause, seconds; each that follows is twice as long.
PAUSE = 0.25
#: No pause is longer, whatever the server asks for: then the caller decides.
PAUSE_AT_MOST = 20.0
TIMEOUT = httpx.Timeout(90.0, connect=5.0)
#: Methods that do the same when they are done twice.
_REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
_JSON = "application/json"


@dataclasses.dataclass(frozen=True)
class Content:
    """Bytes that are no JSON: a table, a document, a paper."""

    data: bytes = dataclasses.field(repr=False)
    media_type: str
    name: str | None = None

    def __len__(self) -> int:
        return len(self.data)

    def save(self, path: Any) -> None:
        """Writes the bytes to a file."""
        with open(path, "wb") as file:
            file.write(self.data)


@dataclasses.dataclass
class Call:
    """One request. `returns` is the type of its answer: a model, `Content`, None, or one of these by status."""

    method: str
    path: str
    returns: Any = None
    query: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    headers: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    body: Any = None
    accept: str = _JSON


def path_of(template: str, **parts: Any) -> str:
    """`/answers/{id}` with its parts put in, each escaped: no part can reach another address."""
    for name, value in parts.items():
        text = urllib.parse.quote(_text(value), safe="")
        if text in ("", ".", ".."):
            raise ValueError(f"{name}: {value!r} is no part of an address")
        template = template.replace("{" + name + "}", text)
    return template


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return str(encode(value))
    return str(encode(value))


def request_of(client: httpx.Client | httpx.AsyncClient, call: Call) -> httpx.Request:
    """The request as it is sent. A POST gets a key, so that trying it again does not do it again."""
    query = {key: [_text(it) for it in value] if isinstance(value, (list, tuple)) else _text(value)
             for key, value in call.query.items() if value is not None}
    headers = {"accept": call.accept}
    headers.update({key.lower(): _header(key.lower(), value) for key, value in call.headers.items() if value is not None})
    if call.method == "POST":
        headers.setdefault("idempotency-key", str(uuid.uuid4()))
    content = None
    if isinstance(call.body, (bytes, bytearray, memoryview)):
        content = bytes(call.body)
        headers.setdefault("content-type", "application/octet-stream")
    elif call.body is not None:
        content = json.dumps(encode(call.body), ensure_ascii=False, allow_nan=False).encode()
        headers["content-type"] = _JSON
    return client.build_request(call.method, call.path, params=query or None, headers=headers, content=content)


def _header(key: str, value: Any) -> str:
    """Names of files hold letters of all languages, headers only ASCII: they are written as percent codes."""
    text = _text(value)
    if key == "x-file-name":
        return urllib.parse.quote(text, safe=" ()-_.")
    if not (text.isascii() and text.isprintable()):
        raise ValueError(f"{key}: {text!r} cannot stand in a header")
    return text


def answer_of(call: Call, response: httpx.Response) -> Any:
    """What an answer means."""
    if response.status_code >= 300 and response.status_code != 304:
        raise fault_of(response)
    if call.returns is None or response.status_code == 204:
        return None
    if call.returns is Content:
        return Content(response.content, media_type(response), _name(response))
    kind = call.returns
    if isinstance(kind, dict):
        kind = kind[response.status_code]
    return None if kind is None else decode(kind, _json(response))


def _json(response: httpx.Response) -> Any:
    if "json" not in media_type(response):
        raise PeriplusError(
            f"{response.url} answered {media_type(response) or 'nothing'} where JSON was expected: is this the address of Periplus?"
        )
    return response.json()


def fault_of(response: httpx.Response) -> PeriplusError:
    """The exception that a refusal means."""
    body: Any = None
    if "json" in media_type(response):
        try:
            body = response.json()
        except ValueError:
            body = None
    if not isinstance(body, dict):
        # A proxy between us and the server speaks no problem+json.
        body = {"title": f"HTTP {response.status_code}", "detail": response.text[:500].strip()}
    return problem_of(response.status_code, body, {key.lower(): it for key, it in response.headers.items()})


def media_type(response: httpx.Response) -> str:
    """Without parameters."""
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _name(response: httpx.Response) -> str | None:
    said = response.headers.get("content-disposition", "")
    coded = re.search(r"filename\*=UTF-8''([^;]+)", said)
    if coded:
        return urllib.parse.unquote(coded.group(1))
    plain = re.search(r'filename="([^"]*)"', said)
    return plain.group(1) if plain else None


def _repeatable(request: httpx.Request) -> bool:
    return request.method in _REPEATABLE or "idempotency-key" in request.headers


def _pause_after(tried: int, request: httpx.Request, response: httpx.Response) -> float | None:
    """Seconds to wait before trying again; None when the answer stands."""
    status = response.status_code
    asked = _seconds(response.headers.get("retry-after"))
    # With Retry-After the server says that it has not done anything, and when to come back.
    refused = status in (429, 503) or (status == 409 and asked is not None)
    lost = status in (502, 504) and _repeatable(request)
    if tried >= TRIES or not (refused or lost):
        return None
    pause = asked if asked is not None else _backoff(tried)
    return pause if pause <= PAUSE_AT_MOST else None


def _pause_without(tried: int, request: httpx.Request, error: httpx.TransportError) -> float | None:
    """As `_pause_after`, where no answer came."""
    unsent = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))
    if tried >= TRIES or not (unsent or _repeatable(request)):
        return None
    return _backoff(tried)


def _backoff(tried: int) -> float:
    return min(PAUSE * 2 ** (tried - 1), PAUSE_AT_MOST) * random.uniform(0.75, 1.25)


def _seconds(text: str | None) -> float | None:
    try:
        return max(0.0, float(text)) if text is not None else None
    except ValueError:
        return None


def unreachable(request: httpx.Request, error: Exception) -> Unreachable:
    """What to say when nobody answers."""
    url = request.url
    return Unreachable(f"{url.scheme}://{url.netloc.decode()} does not answer: {error or type(error).__name__}")


def send(client: httpx.Client, call: Call) -> httpx.Response:
    """Sends a request, again where that is safe and of use."""
    request = request_of(client, call)
    tried = 0
    while True:
        tried += 1
        try:
            response = client.send(request)
        except httpx.TransportError as error:
            pause = _pause_without(tried, request, error)
            if pause is None:
                raise unreachable(request, error) from error
        else:
            pause = _pause_after(tried, request, response)
            if pause is None:
                return response
        time.sleep(pause)


async def send_async(client: httpx.AsyncClient, call: Call) -> httpx.Response:
    """As `send`."""
    request = request_of(client, call)
    tried = 0
    while True:
        tried += 1
        try:
            response = await client.send(request)
        except httpx.TransportError as error:
            pause = _pause_without(tried, request, error)
            if pause is None:
                raise unreachable(request, error) from error
        else:
            pause = _pause_after(tried, request, response)
            if pause is None:
                return response
        await asyncio.sleep(pause)
