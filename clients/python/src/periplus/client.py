"""The pleasant way in."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, overload

import httpx

from . import frames, models
from ._caller import settings_of
from ._http import Call, Content, answer_of, send, send_async
from .aio import AsyncApi
from .answer import Answer, scan_of
from .api import Api
from .events import Event, Listening, listen, listen_async
from .jobs import Job
from .problems import PeriplusError

API = "/api/v1"


def connect(
    url: str = "http://127.0.0.1:8080",
    key: str | None = None,
    lang: str | None = None,
    *,
    timeout: Any = None,
    transport: httpx.BaseTransport | None = None,
) -> Client:
    """Connects to a server: `periplus.connect("http://127.0.0.1:8080")`.

    `key` is an API key (`ppk_...`); without one, a server on this machine lets you in as long as nobody has a login. `lang` is the language
    of the words in answers: en, zh, fr, ar or es.
    """
    return Client(url, key, lang, timeout=timeout, transport=transport)


class Client:
    """A connection. `api` has every operation of the API as a method; what stands here is what one does every day."""

    def __init__(
        self, url: str, key: str | None = None, lang: str | None = None, *, timeout: Any = None, transport: Any = None
    ):
        self._http = httpx.Client(**settings_of(url, key, lang, timeout), transport=transport)
        self.api = Api(self._http)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Client of {self.url}>"

    @property
    def url(self) -> str:
        return str(self._http.base_url).rstrip("/")

    def close(self) -> None:
        """Ends the connection."""
        self._http.close()

    def sign_in(self, email: str, password: str) -> Any:
        """Signs in as a person; programs rather use a key."""
        self.api.sign_in({"email": email, "password": password})
        me = self.api.get_me()
        self._http.headers["x-periplus-csrf"] = me.csrf or ""
        return me

    # the radar

    @overload
    def scan(
        self,
        need: str | Mapping[str, Any] | models.Need,
        *,
        background: Literal[True],
        settings: Mapping[str, Any] | models.ScanSettings | None = None,
        as_of: Any = None,
        seed: int | None = None,
        use_quotes: bool = True,
        what_if: Mapping[str, Any] | None = None,
    ) -> Job: ...

    @overload
    def scan(
        self,
        need: str | Mapping[str, Any] | models.Need,
        *,
        settings: Mapping[str, Any] | models.ScanSettings | None = None,
        as_of: Any = None,
        seed: int | None = None,
        use_quotes: bool = True,
        keep: bool = True,
        what_if: Mapping[str, Any] | None = None,
    ) -> Answer: ...

    def scan(
        self, need: Any, *, settings: Any = None, as_of: Any = None, seed: int | None = None, use_quotes: bool = True,
        keep: bool = True, what_if: Mapping[str, Any] | None = None, background: bool = False,
    ) -> Answer | Job:
        """Asks the radar: a sentence ("buy 5 t HS 850511 to Birmingham DAP within 12 weeks in GBP"), or a need as data.

        `settings` as `{"shortlist": 20}`; `as_of` decides with the laws, rates and prices of another day; the same `seed` gives the same
        answer; `keep=False` leaves no trace. No feasible plan is an answer too: see `relaxations`. With `background=True` a `Job` comes
        back at once, and `job.wait()` gives the answer.
        """
        body = scan_of(need, settings=settings, as_of=as_of, seed=seed, use_quotes=use_quotes, keep=keep, what_if=what_if)
        if background:
            call = Call("POST", f"{API}/scans", models.Job, headers={"prefer": "respond-async"}, body=body)
            return Job(answer_of(call, send(self._http, call)), self)
        call = Call("POST", f"{API}/scans", models.Answer, body=body)
        return Answer(answer_of(call, send(self._http, call)), self, keep)

    def read(self, text: str) -> models.NeedRead:
        """What is understood of a need in words, without scanning."""
        return self.api.read_need({"text": text})

    def answer(self, id: str) -> Answer:
        """A kept answer."""
        return Answer(self.api.get_answer(id), self)

    def answers(self, q: str | None = None) -> Iterator[models.AnswerItem]:
        """Kept answers, newest first."""
        return self.api.iter_answers(q=q)

    def sample(self) -> Answer:
        """The bundled need, answered when the server began."""
        return Answer(self.api.get_sample(), self)

    # tables

    def table(self, path: str, **query: Any) -> Content:
        """A table of the API in the best format that the server writes: `client.table("/answers/ID/plans")`.

        The path begins below /api/v1. Give the table to `periplus.frame`, or save it.
        """
        path = path if path.startswith(f"{API}/") else f"{API}/{path.lstrip('/')}"
        call = Call("GET", path, Content, query=query, accept=frames.ACCEPT)
        return answer_of(call, send(self._http, call))

    def frame(self, path: str, backend: str | None = None, **query: Any) -> Any:
        """A table of the API as a polars or pandas data frame."""
        return frames.frame(self.table(path, **query), backend)

    # quotes, watches, deals

    def import_quotes(
        self, file: str | os.PathLike[str], mapping: Mapping[str, str] | None = None, *, accept: bool = True
    ) -> QuoteSheet:
        """Uploads a table of quotes, CSV or XLSX.

        `mapping` says which column holds which field, {field: column}, where the guess of the server is wrong. `report` says what became of
        each row; nothing is stored before `accept`.
        """
        path = Path(file)
        sheet = QuoteSheet(self, self.api.add_sheet(path.read_bytes(), file_name=path.name))
        if mapping is not None:
            sheet.map(mapping)
        if accept:
            sheet.accept()
        return sheet

    def quotes(self, q: str | None = None, **filters: Any) -> Iterator[models.Quote]:
        """The quotes of the organisation."""
        return self.api.iter_quotes(q=q, **filters)

    def watch(self, answer: str, *, plan: str | None = None, title: str | None = None) -> models.Watch:
        """Watches an answer, or one of its plans."""
        body = {"answer_id": answer, "plan": plan, "title": title}
        return self.api.add_watch({key: it for key, it in body.items() if it is not None})

    def accept(self, answer: str, plan: str, *, title: str | None = None) -> Any:
        """Makes a deal of a plan."""
        body = {"answer_id": answer, "plan": plan, "title": title}
        return self.api.add_deal({key: it for key, it in body.items() if it is not None})

    # what happens

    def job(self, id: str) -> Job:
        """A job by its id."""
        return Job(self.api.get_job(id), self)

    def events(
        self, *, last_event_id: str | int | None = None, kinds: Iterable[str] | str | None = None, idle: float | None = None
    ) -> Iterator[Event]:
        """What happens, as it happens: kinds `book`, `job`, `alert`, `deal`, `answer`, ...

        With `last_event_id` what came after that event is told first. A connection that breaks is taken up again where it broke off.
        The loop goes on until you leave it, or until `idle` seconds pass without an event.
        """
        return listen(self._http, Listening.of("/events", last_event_id, kinds, idle))


class QuoteSheet:
    """An uploaded table of quotes."""

    def __init__(self, client: Client, state: models.QuoteSheet):
        self._client = client
        self.state = state
        #: What was stored, once accepted.
        self.accepted: Any = None
        self._report: Any = state.report

    @property
    def id(self) -> str:
        return self.state.id

    @property
    def report(self) -> Any:
        """What became of the rows: accepted, repaired, rejected, and a note for each that is not as it was."""
        return self._report

    @property
    def columns(self) -> list[Any]:
        """Columns of the file, each with what it is taken for."""
        return self.state.columns

    def map(self, mapping: Mapping[str, str]) -> Any:
        """Says which column holds which field; the rows are judged anew."""
        self._report = self._client.api.map_sheet(self.id, {"mapping": dict(mapping)})
        return self._report

    def accept(self) -> Any:
        """Stores the rows that can be used."""
        self.accepted = self._client.api.accept_sheet(self.id)
        return self.accepted


class AsyncClient:
    """As `Client`, awaited. Answers have plans, lines and frames; what asks the server again is under `api`."""

    def __init__(
        self, url: str = "http://127.0.0.1:8080", key: str | None = None, lang: str | None = None, *, timeout: Any = None,
        transport: Any = None,
    ):
        self._http = httpx.AsyncClient(**settings_of(url, key, lang, timeout), transport=transport)
        self.api = AsyncApi(self._http)

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends the connection."""
        await self._http.aclose()

    async def scan(self, need: str | Mapping[str, Any] | models.Need, *, keep: bool = True, **said: Any) -> Answer:
        """As `Client.scan`."""
        call = Call("POST", f"{API}/scans", models.Answer, body=scan_of(need, keep=keep, **said))
        return Answer(answer_of(call, await send_async(self._http, call)), None, keep)

    async def answer(self, id: str) -> Answer:
        """A kept answer."""
        return Answer(await self.api.get_answer(id), None)

    async def sample(self) -> Answer:
        """The bundled need, answered when the server began."""
        return Answer(await self.api.get_sample(), None)

    async def table(self, path: str, **query: Any) -> Content:
        """As `Client.table`."""
        path = path if path.startswith(f"{API}/") else f"{API}/{path.lstrip('/')}"
        call = Call("GET", path, Content, query=query, accept=frames.ACCEPT)
        return answer_of(call, await send_async(self._http, call))

    def events(
        self, *, last_event_id: str | int | None = None, kinds: Iterable[str] | str | None = None, idle: float | None = None
    ) -> AsyncIterator[Event]:
        """As `Client.events`."""
        return listen_async(self._http, Listening.of("/events", last_event_id, kinds, idle))


__all__ = ["AsyncClient", "Client", "Job", "PeriplusError", "QuoteSheet", "connect"]
