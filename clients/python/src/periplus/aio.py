"""Every operation of the API, one method each, awaited.

Written by generate.py from the description of the API (Periplus 0.1.0): do not edit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from typing import Any, Literal

from . import models
from ._caller import AsyncCaller
from ._http import Call, Content, path_of


class AsyncApi(AsyncCaller):
    """Every operation of the API, one method each, awaited."""

    # books

    async def list_books(self, *, q: str | None = None) -> models.BookList:
        """Books in force

        `q`: Words in its name, title or publisher.

        GET /api/v1/books
        """
        return await self._call(Call("GET", "/api/v1/books", models.BookList, query={"q": q}))

    async def import_book(
        self,
        body: bytes,
        *,
        file_name: str,
        dry_run: bool | None = None,
        kind: str | None = None,
        vintage: str | None = None,
        economy: str | None = None,
        encoding: str | None = None,
    ) -> models.ImportAnswer:
        """Imports a file into a book

        The body is the file, plain or packed (zip, gzip, zstd). What it is is guessed unless `X-Kind` says
        it. With `dry_run=true` nothing changes, and the report says what would.

        `dry_run`: Only say what would happen.

        `file_name`: Percent-encoded

        POST /api/v1/books/import
        """
        return await self._call(Call(
                "POST",
                "/api/v1/books/import",
                models.ImportAnswer,
                query={"dry_run": dry_run},
                headers={"X-File-Name": file_name, "X-Kind": kind, "X-Vintage": vintage, "X-Economy": economy, "X-Encoding": encoding},
                body=body,
            ))

    async def verify_books(self) -> models.BookChecks:
        """Compares every table of every book with its hash

        POST /api/v1/books/verify
        """
        return await self._call(Call("POST", "/api/v1/books/verify", models.BookChecks))

    async def get_book(self, name: str) -> models.Book:
        """One book with what stands behind it

        GET /api/v1/books/{name}
        """
        return await self._call(Call("GET", path_of("/api/v1/books/{name}", **{"name": name}), models.Book))

    async def diff_editions(
        self,
        name: str,
        *,
        from_: str | None = None,
        to: str | None = None,
    ) -> models.Difference:
        """What changed between two editions of a book

        `from_`: The earlier edition; the one before the one in force when left out.

        `to`: The later edition; the one in force when left out.

        GET /api/v1/books/{name}/diff
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/books/{name}/diff", **{"name": name}),
                models.Difference,
                query={"from": from_, "to": to},
            ))

    async def list_editions(self, name: str) -> models.EditionList:
        """Editions of a book, the one in force first

        GET /api/v1/books/{name}/editions
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/books/{name}/editions", **{"name": name}),
                models.EditionList,
            ))

    async def roll_back(self, name: str) -> models.BookChange:
        """Puts the edition before the one in force in force again

        POST /api/v1/books/{name}/rollback
        """
        return await self._call(Call(
                "POST",
                path_of("/api/v1/books/{name}/rollback", **{"name": name}),
                models.BookChange,
            ))

    async def get_table(
        self,
        name: str,
        file: str,
        *,
        q: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.TablePage:
        """A table of a book

        `q`: Words that the rows hold.

        GET /api/v1/books/{name}/tables/{file}
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/books/{name}/tables/{file}", **{"name": name, "file": file}),
                models.TablePage,
                query={"q": q, "cursor": cursor, "limit": limit},
            ))

    def iter_table(
        self,
        name: str,
        file: str,
        *,
        q: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[list[str]]:
        """A table of a book: every item, page after page.

        GET /api/v1/books/{name}/tables/{file}
        """
        return self._pages(lambda cursor: self.get_table(name, file, q=q, limit=limit, cursor=cursor))

    async def get_table_as(
        self,
        name: str,
        file: str,
        *,
        q: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        format: Literal["json", "csv", "xlsx", "parquet", "arrow"] | None = None,
    ) -> Content:
        """A table of a book

        `q`: Words that the rows hold.

        As bytes of another format: a table or a document.

        GET /api/v1/books/{name}/tables/{file}
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/books/{name}/tables/{file}", **{"name": name, "file": file}),
                Content,
                query={"q": q, "cursor": cursor, "limit": limit, "format": format},
                accept="*/*",
            ))

    # deals

    async def list_deals(
        self,
        *,
        q: str | None = None,
        state: Literal["draft", "offered", "agreed", "shipped", "cleared", "paid", "closed", "cancelled"] | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.DealList:
        """Deals of the organisation, newest first

        GET /api/v1/deals
        """
        return await self._call(Call(
                "GET",
                "/api/v1/deals",
                models.DealList,
                query={"q": q, "state": state, "cursor": cursor, "limit": limit},
            ))

    def iter_deals(
        self,
        *,
        q: str | None = None,
        state: Literal["draft", "offered", "agreed", "shipped", "cleared", "paid", "closed", "cancelled"] | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.DealItem]:
        """Deals of the organisation, newest first: every item, page after page.

        GET /api/v1/deals
        """
        return self._pages(lambda cursor: self.list_deals(q=q, state=state, limit=limit, cursor=cursor))

    async def add_deal(self, body: models.DealSent | Mapping[str, Any]) -> models.Deal:
        """Accepts a plan: a deal begins as a draft

        POST /api/v1/deals
        """
        return await self._call(Call("POST", "/api/v1/deals", models.Deal, body=body))

    async def get_deal(self, id: str) -> models.Deal:
        """One deal

        GET /api/v1/deals/{id}
        """
        return await self._call(Call("GET", path_of("/api/v1/deals/{id}", **{"id": id}), models.Deal))

    async def change_deal(
        self,
        id: str,
        body: models.DealChange | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> models.Deal:
        """Changes title, dates or people of a deal

        PATCH /api/v1/deals/{id}
        """
        return await self._call(Call(
                "PATCH",
                path_of("/api/v1/deals/{id}", **{"id": id}),
                models.Deal,
                headers={"If-Match": if_match},
                body=body,
            ))

    async def add_event(self, id: str, body: models.DealEvent | Mapping[str, Any]) -> models.Deal:
        """Takes a step, or notes something

        POST /api/v1/deals/{id}/events
        """
        return await self._call(Call(
                "POST",
                path_of("/api/v1/deals/{id}/events", **{"id": id}),
                models.Deal,
                body=body,
            ))

    async def history(
        self,
        id: str,
        *,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.History:
        """What happened to a deal, the newest first; nothing in it is ever changed

        GET /api/v1/deals/{id}/history
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/deals/{id}/history", **{"id": id}),
                models.History,
                query={"cursor": cursor, "limit": limit},
            ))

    def iter_history(self, id: str, *, limit: int | None = None) -> AsyncIterator[models.HistoryLine]:
        """What happened to a deal, the newest first; nothing in it is ever changed: every item, page after page.

        GET /api/v1/deals/{id}/history
        """
        return self._pages(lambda cursor: self.history(id, limit=limit, cursor=cursor))

    async def list_papers(self, id: str) -> models.PaperList:
        """Papers of a deal

        GET /api/v1/deals/{id}/papers
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/deals/{id}/papers", **{"id": id}),
                models.PaperList,
            ))

    async def add_paper(
        self,
        id: str,
        body: bytes,
        *,
        file_name: str,
        kind: str | None = None,
    ) -> models.DealPaper:
        """Puts a paper to a deal

        `file_name`: Percent-encoded

        POST /api/v1/deals/{id}/papers
        """
        return await self._call(Call(
                "POST",
                path_of("/api/v1/deals/{id}/papers", **{"id": id}),
                models.DealPaper,
                headers={"X-File-Name": file_name, "X-Kind": kind},
                body=body,
            ))

    async def get_paper_file(self, id: str, paper: str) -> Content:
        """A paper as it came

        GET /api/v1/deals/{id}/papers/{paper}
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/deals/{id}/papers/{paper}", **{"id": id, "paper": paper}),
                Content,
                accept="*/*",
            ))

    # firm

    async def list_api_keys(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        q: str | None = None,
    ) -> models.ListedApiKey:
        """Keys of the firm

        `limit`: How many.

        `cursor`: Where the page before ended.

        `q`: Words that must occur.

        GET /api/v1/api-keys
        """
        return await self._call(Call(
                "GET",
                "/api/v1/api-keys",
                models.ListedApiKey,
                query={"limit": limit, "cursor": cursor, "q": q},
            ))

    def iter_api_keys(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
    ) -> AsyncIterator[models.ListApiKeysItem]:
        """Keys of the firm: every item, page after page.

        GET /api/v1/api-keys
        """
        return self._pages(lambda cursor: self.list_api_keys(limit=limit, q=q, cursor=cursor))

    async def add_api_key(self, body: models.NewKey | Mapping[str, Any]) -> models.ApiKey:
        """Make a key

        The answer holds the secret; it is kept nowhere and cannot be shown again.

        POST /api/v1/api-keys
        """
        return await self._call(Call("POST", "/api/v1/api-keys", models.ApiKey, body=body))

    async def delete_api_key(self, id: str) -> None:
        """Withdraw a key

        DELETE /api/v1/api-keys/{id}
        """
        return await self._call(Call("DELETE", path_of("/api/v1/api-keys/{id}", **{"id": id}), None))

    async def list_audit(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        q: str | None = None,
    ) -> models.ListedAuditEntry:
        """What was done, by whom, newest first

        Each entry holds the hash of the one before it; see `POST /audit/verify`.

        `limit`: How many.

        `cursor`: Where the page before ended.

        `q`: Words that must occur.

        GET /api/v1/audit
        """
        return await self._call(Call(
                "GET",
                "/api/v1/audit",
                models.ListedAuditEntry,
                query={"limit": limit, "cursor": cursor, "q": q},
            ))

    def iter_audit(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
    ) -> AsyncIterator[models.ListAuditItem]:
        """What was done, by whom, newest first: every item, page after page.

        GET /api/v1/audit
        """
        return self._pages(lambda cursor: self.list_audit(limit=limit, q=q, cursor=cursor))

    async def verify_audit(self) -> models.Verified:
        """Check that nobody changed the trail

        POST /api/v1/audit/verify
        """
        return await self._call(Call("POST", "/api/v1/audit/verify", models.Verified))

    async def erase_all(self, body: models.Confirm | Mapping[str, Any]) -> models.Gone:
        """Erase everything the firm has

        It cannot be undone. What remains is that, when and by whom it was erased.

        POST /api/v1/erase
        """
        return await self._call(Call("POST", "/api/v1/erase", models.Gone, body=body))

    async def export_all(self) -> Content:
        """Everything the firm has, as a zip

        One file of JSON lines for each kind of thing. Secrets are not in it.

        GET /api/v1/export
        """
        return await self._call(Call("GET", "/api/v1/export", Content, accept="*/*"))

    async def get_organisation(self) -> models.Organisation:
        """The firm to which one belongs

        GET /api/v1/organisation
        """
        return await self._call(Call("GET", "/api/v1/organisation", models.Organisation))

    async def change_organisation(self, body: models.Rename | Mapping[str, Any]) -> models.Organisation:
        """Rename the firm

        PATCH /api/v1/organisation
        """
        return await self._call(Call("PATCH", "/api/v1/organisation", models.Organisation, body=body))

    async def list_people(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        q: str | None = None,
    ) -> models.ListedPerson:
        """People of the firm

        `limit`: How many.

        `cursor`: Where the page before ended.

        `q`: Words that must occur.

        GET /api/v1/people
        """
        return await self._call(Call(
                "GET",
                "/api/v1/people",
                models.ListedPerson,
                query={"limit": limit, "cursor": cursor, "q": q},
            ))

    def iter_people(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
    ) -> AsyncIterator[models.ListPeopleItem]:
        """People of the firm: every item, page after page.

        GET /api/v1/people
        """
        return self._pages(lambda cursor: self.list_people(limit=limit, q=q, cursor=cursor))

    async def add_person(self, body: models.Newcomer | Mapping[str, Any]) -> models.Person:
        """Add a person

        POST /api/v1/people
        """
        return await self._call(Call("POST", "/api/v1/people", models.Person, body=body))

    async def delete_person(self, id: str) -> None:
        """Take a person out of the firm

        DELETE /api/v1/people/{id}
        """
        return await self._call(Call("DELETE", path_of("/api/v1/people/{id}", **{"id": id}), None))

    async def get_person(self, id: str) -> models.Person:
        """A person

        GET /api/v1/people/{id}
        """
        return await self._call(Call("GET", path_of("/api/v1/people/{id}", **{"id": id}), models.Person))

    async def change_person(self, id: str, body: models.PersonChange | Mapping[str, Any]) -> models.Person:
        """Change a person

        Whoever gets another role, or may not sign in any more, is signed out.

        PATCH /api/v1/people/{id}
        """
        return await self._call(Call(
                "PATCH",
                path_of("/api/v1/people/{id}", **{"id": id}),
                models.Person,
                body=body,
            ))

    # jobs

    async def list_jobs(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        state: models.JobState | None = None,
    ) -> models.ListedJob:
        """Jobs, newest first

        `state`: Only those in this state

        GET /api/v1/jobs
        """
        return await self._call(Call(
                "GET",
                "/api/v1/jobs",
                models.ListedJob,
                query={"limit": limit, "cursor": cursor, "state": state},
            ))

    def iter_jobs(
        self,
        *,
        limit: int | None = None,
        state: models.JobState | None = None,
    ) -> AsyncIterator[models.ListJobsItem]:
        """Jobs, newest first: every item, page after page.

        GET /api/v1/jobs
        """
        return self._pages(lambda cursor: self.list_jobs(limit=limit, state=state, cursor=cursor))

    async def cancel_job(self, id: str) -> models.Job:
        """Cancel a job

        A queued job is cancelled at once, a running one at the next place where it can stop.

        DELETE /api/v1/jobs/{id}
        """
        return await self._call(Call("DELETE", path_of("/api/v1/jobs/{id}", **{"id": id}), models.Job))

    async def get_job(self, id: str) -> models.Job:
        """A job

        GET /api/v1/jobs/{id}
        """
        return await self._call(Call("GET", path_of("/api/v1/jobs/{id}", **{"id": id}), models.Job))

    # needs

    async def list_needs(
        self,
        *,
        q: str | None = None,
        state: Literal["open", "answered", "dealt", "dropped"] | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.NeedList:
        """Needs of the organisation, newest first

        GET /api/v1/needs
        """
        return await self._call(Call(
                "GET",
                "/api/v1/needs",
                models.NeedList,
                query={"q": q, "state": state, "cursor": cursor, "limit": limit},
            ))

    def iter_needs(
        self,
        *,
        q: str | None = None,
        state: Literal["open", "answered", "dealt", "dropped"] | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.KeptNeed]:
        """Needs of the organisation, newest first: every item, page after page.

        GET /api/v1/needs
        """
        return self._pages(lambda cursor: self.list_needs(q=q, state=state, limit=limit, cursor=cursor))

    async def add_need(self, body: models.NeedSent | Mapping[str, Any]) -> models.KeptNeed:
        """Keeps a need

        POST /api/v1/needs
        """
        return await self._call(Call("POST", "/api/v1/needs", models.KeptNeed, body=body))

    async def delete_need(self, id: str) -> None:
        """Throws a need away

        DELETE /api/v1/needs/{id}
        """
        return await self._call(Call("DELETE", path_of("/api/v1/needs/{id}", **{"id": id}), None))

    async def get_need(self, id: str) -> models.KeptNeed:
        """One need

        GET /api/v1/needs/{id}
        """
        return await self._call(Call("GET", path_of("/api/v1/needs/{id}", **{"id": id}), models.KeptNeed))

    async def change_need(
        self,
        id: str,
        body: models.NeedChange | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> models.KeptNeed:
        """Changes a need

        PATCH /api/v1/needs/{id}
        """
        return await self._call(Call(
                "PATCH",
                path_of("/api/v1/needs/{id}", **{"id": id}),
                models.KeptNeed,
                headers={"If-Match": if_match},
                body=body,
            ))

    # quotes

    async def list_sheets(
        self,
        *,
        q: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.SheetList:
        """Sheets of quotes, newest first

        `q`: Words that the items hold.

        `cursor`: Where the page before ended: its `next`.

        GET /api/v1/quote-sheets
        """
        return await self._call(Call(
                "GET",
                "/api/v1/quote-sheets",
                models.SheetList,
                query={"q": q, "cursor": cursor, "limit": limit},
            ))

    def iter_sheets(
        self,
        *,
        q: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.QuoteSheet]:
        """Sheets of quotes, newest first: every item, page after page.

        GET /api/v1/quote-sheets
        """
        return self._pages(lambda cursor: self.list_sheets(q=q, limit=limit, cursor=cursor))

    async def add_sheet(self, body: bytes, *, file_name: str) -> models.QuoteSheet:
        """Sends a sheet of quotes: CSV or a workbook

        Which column is what is guessed from the headers (English or Chinese) and judged at once; `PUT
        .../mapping` says otherwise, and `POST .../accept` stores the quotes that stand.

        `file_name`: Percent-encoded

        POST /api/v1/quote-sheets
        """
        return await self._call(Call(
                "POST",
                "/api/v1/quote-sheets",
                models.QuoteSheet,
                headers={"X-File-Name": file_name},
                body=body,
            ))

    async def get_sheet(self, id: str) -> models.QuoteSheet:
        """One sheet of quotes

        GET /api/v1/quote-sheets/{id}
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/quote-sheets/{id}", **{"id": id}),
                models.QuoteSheet,
            ))

    async def accept_sheet(self, id: str) -> models.SheetAccepted:
        """Stores the quotes of a sheet that stand

        POST /api/v1/quote-sheets/{id}/accept
        """
        return await self._call(Call(
                "POST",
                path_of("/api/v1/quote-sheets/{id}/accept", **{"id": id}),
                models.SheetAccepted,
            ))

    async def map_sheet(self, id: str, body: models.Mapping | Mapping[str, Any]) -> models.SheetReport:
        """Says which column is what, and judges every row

        PUT /api/v1/quote-sheets/{id}/mapping
        """
        return await self._call(Call(
                "PUT",
                path_of("/api/v1/quote-sheets/{id}/mapping", **{"id": id}),
                models.SheetReport,
                body=body,
            ))

    async def list_quotes(
        self,
        *,
        q: str | None = None,
        hs: str | None = None,
        supplier: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.QuoteList:
        """Quotes of the organisation, newest first

        `hs`: The code begins so.

        GET /api/v1/quotes
        """
        return await self._call(Call(
                "GET",
                "/api/v1/quotes",
                models.QuoteList,
                query={"q": q, "hs": hs, "supplier": supplier, "cursor": cursor, "limit": limit},
            ))

    def iter_quotes(
        self,
        *,
        q: str | None = None,
        hs: str | None = None,
        supplier: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.Quote]:
        """Quotes of the organisation, newest first: every item, page after page.

        GET /api/v1/quotes
        """
        return self._pages(lambda cursor: self.list_quotes(q=q, hs=hs, supplier=supplier, limit=limit, cursor=cursor))

    async def add_quote(self, body: models.QuoteSent | Mapping[str, Any]) -> models.Quote:
        """Writes a quote

        POST /api/v1/quotes
        """
        return await self._call(Call("POST", "/api/v1/quotes", models.Quote, body=body))

    async def delete_quote(self, id: str) -> None:
        """Throws a quote away

        DELETE /api/v1/quotes/{id}
        """
        return await self._call(Call("DELETE", path_of("/api/v1/quotes/{id}", **{"id": id}), None))

    async def get_quote(self, id: str) -> models.Quote:
        """One quote

        GET /api/v1/quotes/{id}
        """
        return await self._call(Call("GET", path_of("/api/v1/quotes/{id}", **{"id": id}), models.Quote))

    async def change_quote(
        self,
        id: str,
        body: models.QuoteChange | Mapping[str, Any],
        *,
        if_match: str | None = None,
    ) -> models.Quote:
        """Changes a quote

        PATCH /api/v1/quotes/{id}
        """
        return await self._call(Call(
                "PATCH",
                path_of("/api/v1/quotes/{id}", **{"id": id}),
                models.Quote,
                headers={"If-Match": if_match},
                body=body,
            ))

    async def list_supplying(
        self,
        *,
        q: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.SupplierList:
        """Suppliers whose quotes are kept

        `q`: Words that the items hold.

        `cursor`: Where the page before ended: its `next`.

        GET /api/v1/suppliers
        """
        return await self._call(Call(
                "GET",
                "/api/v1/suppliers",
                models.SupplierList,
                query={"q": q, "cursor": cursor, "limit": limit},
            ))

    def iter_supplying(
        self,
        *,
        q: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.Supplier]:
        """Suppliers whose quotes are kept: every item, page after page.

        GET /api/v1/suppliers
        """
        return self._pages(lambda cursor: self.list_supplying(q=q, limit=limit, cursor=cursor))

    # radar

    async def list_answers(
        self,
        *,
        q: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.AnswerList:
        """Answers of the organisation, newest first

        `q`: Words that the items hold.

        `cursor`: Where the page before ended: its `next`.

        GET /api/v1/answers
        """
        return await self._call(Call(
                "GET",
                "/api/v1/answers",
                models.AnswerList,
                query={"q": q, "cursor": cursor, "limit": limit},
            ))

    def iter_answers(
        self,
        *,
        q: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.AnswerItem]:
        """Answers of the organisation, newest first: every item, page after page.

        GET /api/v1/answers
        """
        return self._pages(lambda cursor: self.list_answers(q=q, limit=limit, cursor=cursor))

    async def get_sample(self) -> models.Answer:
        """The answered sample need

        GET /api/v1/answers/sample
        """
        return await self._call(Call("GET", "/api/v1/answers/sample", models.Answer))

    async def delete_answer(self, id: str) -> None:
        """Throws an answer away

        DELETE /api/v1/answers/{id}
        """
        return await self._call(Call("DELETE", path_of("/api/v1/answers/{id}", **{"id": id}), None))

    async def get_answer(self, id: str) -> models.Answer:
        """One answer

        GET /api/v1/answers/{id}
        """
        return await self._call(Call("GET", path_of("/api/v1/answers/{id}", **{"id": id}), models.Answer))

    async def diff(self, id: str, *, to: str) -> models.AnswerDiff:
        """What changed between two answers

        `to`: The later answer.

        GET /api/v1/answers/{id}/diff
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/diff", **{"id": id}),
                models.AnswerDiff,
                query={"to": to},
            ))

    async def get_dossier(self, id: str) -> models.Dossier:
        """Everything that the answer was decided from

        GET /api/v1/answers/{id}/dossier
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/dossier", **{"id": id}),
                models.Dossier,
            ))

    async def list_drops(
        self,
        id: str,
        *,
        reason: Literal["excluded", "prohibited", "no_route", "capacity", "no_path", "deadline", "over_limit", "dominated", "look_alike", "beyond_shortlist"] | None = None,
        q: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> models.DropList:
        """What fell away, and why

        `q`: Words in its text, route or economy.

        GET /api/v1/answers/{id}/drops
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/drops", **{"id": id}),
                models.DropList,
                query={"reason": reason, "q": q, "cursor": cursor, "limit": limit},
            ))

    def iter_drops(
        self,
        id: str,
        *,
        reason: Literal["excluded", "prohibited", "no_route", "capacity", "no_path", "deadline", "over_limit", "dominated", "look_alike", "beyond_shortlist"] | None = None,
        q: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.Drop]:
        """What fell away, and why: every item, page after page.

        GET /api/v1/answers/{id}/drops
        """
        return self._pages(lambda cursor: self.list_drops(id, reason=reason, q=q, limit=limit, cursor=cursor))

    async def get_map(self, id: str) -> models.AnswerMap:
        """Ways of an answer as lines on a map

        GET /api/v1/answers/{id}/map
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/map", **{"id": id}),
                models.AnswerMap,
            ))

    async def get_paper(
        self,
        id: str,
        *,
        plan: str | None = None,
        format: Literal["html", "pdf", "xlsx"] | None = None,
    ) -> Content:
        """The dossier as a document to hand on

        `plan`: Only this plan; all when left out.

        GET /api/v1/answers/{id}/paper
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/paper", **{"id": id}),
                Content,
                query={"plan": plan, "format": format},
                accept="*/*",
            ))

    async def get_plans(self, id: str) -> models.Sheet:
        """Plans of an answer as a table

        GET /api/v1/answers/{id}/plans
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/plans", **{"id": id}),
                models.Sheet,
            ))

    async def get_plans_as(
        self,
        id: str,
        *,
        format: Literal["json", "csv", "xlsx", "parquet", "arrow"] | None = None,
    ) -> Content:
        """Plans of an answer as a table

        As bytes of another format: a table or a document.

        GET /api/v1/answers/{id}/plans
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/plans", **{"id": id}),
                Content,
                query={"format": format},
                accept="*/*",
            ))

    async def get_plan(self, id: str, plan: str) -> models.OnePlan:
        """One plan of an answer

        `plan`: Its id, as CN-sea-1

        GET /api/v1/answers/{id}/plans/{plan}
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/plans/{plan}", **{"id": id, "plan": plan}),
                models.OnePlan,
            ))

    async def verify(self, id: str) -> models.Verdict:
        """Decides again from the dossier and compares

        POST /api/v1/answers/{id}/verify
        """
        return await self._call(Call(
                "POST",
                path_of("/api/v1/answers/{id}/verify", **{"id": id}),
                models.Verdict,
            ))

    async def why(self, id: str, *, figure: str) -> models.FigureWhys:
        """Where a figure comes from: formula, source, vintage, reference

        `figure`: PLAN or PLAN.FIGURE, as `CN-sea-1.duty`; a plan alone gives all its figures.

        GET /api/v1/answers/{id}/why
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/why", **{"id": id}),
                models.FigureWhys,
                query={"figure": figure},
            ))

    async def why_not(self, id: str, *, what: str | None = None) -> models.WhyNot:
        """Why something is not among the plans

        `what`: An economy, mode, passage, reason or plan; everything when left out.

        GET /api/v1/answers/{id}/why-not
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/answers/{id}/why-not", **{"id": id}),
                models.WhyNot,
                query={"what": what},
            ))

    async def read_need(self, body: models.NeedWords | Mapping[str, Any]) -> models.NeedRead:
        """Reads a need without scanning

        A sentence in English or Chinese becomes a need. What is not understood is a finding; what is missing
        or may be several things is a problem that lists the candidates.

        POST /api/v1/needs/read
        """
        return await self._call(Call("POST", "/api/v1/needs/read", models.NeedRead, body=body))

    async def make_scan(
        self,
        body: models.Scan | Mapping[str, Any],
        *,
        prefer: str | None = None,
    ) -> models.Answer | models.Job:
        """Scans for plans

        Gathers offers and ways, decides, and answers with ranked plans. No feasible plan is an answer too:
        `deals.plans` is empty and `deals.relaxations` says what would make one feasible, each with the
        changed need.

        `prefer`: `respond-async`: answer with a job at once

        POST /api/v1/scans
        """
        return await self._call(Call(
                "POST",
                "/api/v1/scans",
                {200: models.Answer, 202: models.Job},
                headers={"Prefer": prefer},
                body=body,
            ))

    # session

    async def get_me(self) -> models.Me:
        """Who one is

        Answers also when nobody is signed in: then `person`, `organisation` and `role` are null.

        GET /api/v1/me
        """
        return await self._call(Call("GET", "/api/v1/me", models.Me))

    async def sign_out(self) -> None:
        """Sign out

        DELETE /api/v1/session
        """
        return await self._call(Call("DELETE", "/api/v1/session", None))

    async def sign_in(self, body: models.Credentials | Mapping[str, Any]) -> None:
        """Sign in

        Sets the cookie of the session. Wrong passwords are counted for the account and for the address.

        POST /api/v1/session
        """
        return await self._call(Call("POST", "/api/v1/session", None, body=body))

    # watches

    async def list_alerts(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        unseen: bool | None = None,
        watch: str | None = None,
    ) -> models.ListedAlert:
        """Alerts, newest first

        GET /api/v1/alerts
        """
        return await self._call(Call(
                "GET",
                "/api/v1/alerts",
                models.ListedAlert,
                query={"limit": limit, "cursor": cursor, "unseen": unseen, "watch": watch},
            ))

    def iter_alerts(
        self,
        *,
        limit: int | None = None,
        unseen: bool | None = None,
        watch: str | None = None,
    ) -> AsyncIterator[models.ListAlertsItem]:
        """Alerts, newest first: every item, page after page.

        GET /api/v1/alerts
        """
        return self._pages(lambda cursor: self.list_alerts(limit=limit, unseen=unseen, watch=watch, cursor=cursor))

    async def see_alert(self, id: str) -> models.Alert:
        """Say that an alert was seen

        POST /api/v1/alerts/{id}/seen
        """
        return await self._call(Call(
                "POST",
                path_of("/api/v1/alerts/{id}/seen", **{"id": id}),
                models.Alert,
            ))

    async def list_watches(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        q: str | None = None,
        state: models.WatchState | None = None,
    ) -> models.ListedWatch:
        """Watches, newest first

        GET /api/v1/watches
        """
        return await self._call(Call(
                "GET",
                "/api/v1/watches",
                models.ListedWatch,
                query={"limit": limit, "cursor": cursor, "q": q, "state": state},
            ))

    def iter_watches(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
        state: models.WatchState | None = None,
    ) -> AsyncIterator[models.ListWatchesItem]:
        """Watches, newest first: every item, page after page.

        GET /api/v1/watches
        """
        return self._pages(lambda cursor: self.list_watches(limit=limit, q=q, state=state, cursor=cursor))

    async def add_watch(self, body: models.NewWatch | Mapping[str, Any]) -> models.Watch:
        """Watch an answer

        When a book on which the answer rests gets a new edition, the need is asked again; an alert is given
        only if order or feasibility of what is watched changed.

        POST /api/v1/watches
        """
        return await self._call(Call("POST", "/api/v1/watches", models.Watch, body=body))

    async def delete_watch(self, id: str) -> None:
        """End a watch

        Its alerts go with it.

        DELETE /api/v1/watches/{id}
        """
        return await self._call(Call("DELETE", path_of("/api/v1/watches/{id}", **{"id": id}), None))

    async def get_watch(self, id: str) -> models.Watch:
        """A watch

        GET /api/v1/watches/{id}
        """
        return await self._call(Call("GET", path_of("/api/v1/watches/{id}", **{"id": id}), models.Watch))

    async def change_watch(self, id: str, body: models.WatchPatch | Mapping[str, Any]) -> models.Watch:
        """Pause, go on with, or rename a watch

        PATCH /api/v1/watches/{id}
        """
        return await self._call(Call(
                "PATCH",
                path_of("/api/v1/watches/{id}", **{"id": id}),
                models.Watch,
                body=body,
            ))

    # webhooks

    async def list_webhooks(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        q: str | None = None,
    ) -> models.ListedWebhook:
        """Webhooks of the firm

        `limit`: How many.

        `cursor`: Where the page before ended.

        `q`: Words that must occur.

        GET /api/v1/webhooks
        """
        return await self._call(Call(
                "GET",
                "/api/v1/webhooks",
                models.ListedWebhook,
                query={"limit": limit, "cursor": cursor, "q": q},
            ))

    def iter_webhooks(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
    ) -> AsyncIterator[models.ListWebhooksItem]:
        """Webhooks of the firm: every item, page after page.

        GET /api/v1/webhooks
        """
        return self._pages(lambda cursor: self.list_webhooks(limit=limit, q=q, cursor=cursor))

    async def add_webhook(self, body: models.NewHook | Mapping[str, Any]) -> models.Webhook:
        """Add a webhook

        Calls carry `Periplus-Signature: t=<seconds>,v1=<HMAC-SHA256 of "t.body" with the secret>`.

        POST /api/v1/webhooks
        """
        return await self._call(Call("POST", "/api/v1/webhooks", models.Webhook, body=body))

    async def list_dead_deliveries(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        q: str | None = None,
    ) -> models.ListedDelivery:
        """Calls that were given up

        `limit`: How many.

        `cursor`: Where the page before ended.

        `q`: Words that must occur.

        GET /api/v1/webhooks/dead
        """
        return await self._call(Call(
                "GET",
                "/api/v1/webhooks/dead",
                models.ListedDelivery,
                query={"limit": limit, "cursor": cursor, "q": q},
            ))

    def iter_dead_deliveries(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
    ) -> AsyncIterator[models.ListDeadDeliveriesItem]:
        """Calls that were given up: every item, page after page.

        GET /api/v1/webhooks/dead
        """
        return self._pages(lambda cursor: self.list_dead_deliveries(limit=limit, q=q, cursor=cursor))

    async def retry_delivery(self, id: str) -> models.Delivery:
        """Try again what was given up

        POST /api/v1/webhooks/dead/{id}/retry
        """
        return await self._call(Call(
                "POST",
                path_of("/api/v1/webhooks/dead/{id}/retry", **{"id": id}),
                models.Delivery,
            ))

    async def delete_webhook(self, id: str) -> None:
        """Delete a webhook

        DELETE /api/v1/webhooks/{id}
        """
        return await self._call(Call("DELETE", path_of("/api/v1/webhooks/{id}", **{"id": id}), None))

    async def get_webhook(self, id: str) -> models.Webhook:
        """A webhook

        GET /api/v1/webhooks/{id}
        """
        return await self._call(Call("GET", path_of("/api/v1/webhooks/{id}", **{"id": id}), models.Webhook))

    async def list_deliveries(
        self,
        id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        q: str | None = None,
    ) -> models.ListedDelivery:
        """Calls of a webhook, newest first

        `limit`: How many.

        `cursor`: Where the page before ended.

        `q`: Words that must occur.

        GET /api/v1/webhooks/{id}/deliveries
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/webhooks/{id}/deliveries", **{"id": id}),
                models.ListedDelivery,
                query={"limit": limit, "cursor": cursor, "q": q},
            ))

    def iter_deliveries(
        self,
        id: str,
        *,
        limit: int | None = None,
        q: str | None = None,
    ) -> AsyncIterator[models.ListDeliveriesItem]:
        """Calls of a webhook, newest first: every item, page after page.

        GET /api/v1/webhooks/{id}/deliveries
        """
        return self._pages(lambda cursor: self.list_deliveries(id, limit=limit, q=q, cursor=cursor))

    # words

    async def reckon_duty(self, body: models.Consignment | Mapping[str, Any]) -> models.Duties:
        """Duty, additional duties, tax and fees on a consignment

        POST /api/v1/duties
        """
        return await self._call(Call("POST", "/api/v1/duties", models.Duties, body=body))

    async def list_economies(self) -> models.EconomyList:
        """All economies, in the order of their codes

        GET /api/v1/economies
        """
        return await self._call(Call("GET", "/api/v1/economies", models.EconomyList))

    async def list_codes(self) -> models.CodeList:
        """All codes of errors and findings

        GET /api/v1/explain
        """
        return await self._call(Call("GET", "/api/v1/explain", models.CodeList))

    async def get_code(self, code: str) -> models.Code:
        """What an error or finding means and how to mend it

        `code`: PRP-1203, or 1203

        GET /api/v1/explain/{code}
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/explain/{code}", **{"code": code}),
                models.Code,
            ))

    async def find_goods(self, *, q: str, limit: int | None = None) -> models.GoodsHits:
        """Goods of the Harmonized System by name or code, the likeliest first

        GET /api/v1/hs
        """
        return await self._call(Call("GET", "/api/v1/hs", models.GoodsHits, query={"q": q, "limit": limit}))

    async def get_price(
        self,
        *,
        hs: str,
        exporter: str | None = None,
        importer: str | None = None,
    ) -> models.Price:
        """The band of unit values of goods

        `hs`: HS code, 6 digits.

        GET /api/v1/markets/price
        """
        return await self._call(Call(
                "GET",
                "/api/v1/markets/price",
                models.Price,
                query={"hs": hs, "exporter": exporter, "importer": importer},
            ))

    async def list_suppliers(self, *, hs: str, importer: str | None = None) -> models.SupplierEconomies:
        """Economies that supply goods, largest first

        `hs`: HS code, 6 digits.

        `importer`: As seen from this importing economy.

        GET /api/v1/markets/suppliers
        """
        return await self._call(Call(
                "GET",
                "/api/v1/markets/suppliers",
                models.SupplierEconomies,
                query={"hs": hs, "importer": importer},
            ))

    async def list_suppliers_as(
        self,
        *,
        hs: str,
        importer: str | None = None,
        format: Literal["json", "csv", "xlsx", "parquet", "arrow"] | None = None,
    ) -> Content:
        """Economies that supply goods, largest first

        `hs`: HS code, 6 digits.

        `importer`: As seen from this importing economy.

        As bytes of another format: a table or a document.

        GET /api/v1/markets/suppliers
        """
        return await self._call(Call(
                "GET",
                "/api/v1/markets/suppliers",
                Content,
                query={"hs": hs, "importer": importer, "format": format},
                accept="*/*",
            ))

    async def find_places(self, *, q: str, limit: int | None = None) -> models.PlaceHits:
        """Places by name or UN/LOCODE, the likeliest first

        GET /api/v1/places
        """
        return await self._call(Call(
                "GET",
                "/api/v1/places",
                models.PlaceHits,
                query={"q": q, "limit": limit},
            ))

    async def find_ways(
        self,
        *,
        from_: str,
        to: str,
        shut: str | None = None,
        tonnes: float | None = None,
        modes: str | None = None,
        as_of: dt.date | None = None,
    ) -> models.Ways:
        """Ways between two places, soonest first

        `from_`: A place, as `Shanghai`, `CNSHA` or `Birmingham, GB`.

        `shut`: Passages that are shut, with commas between them.

        `modes`: Only ways with one of these modes, with commas between them.

        GET /api/v1/routes
        """
        return await self._call(Call(
                "GET",
                "/api/v1/routes",
                models.Ways,
                query={"from": from_, "to": to, "shut": shut, "tonnes": tonnes, "modes": modes, "as_of": as_of},
            ))

    async def find_ways_as(
        self,
        *,
        from_: str,
        to: str,
        shut: str | None = None,
        tonnes: float | None = None,
        modes: str | None = None,
        as_of: dt.date | None = None,
        format: Literal["json", "csv", "xlsx", "parquet", "arrow"] | None = None,
    ) -> Content:
        """Ways between two places, soonest first

        `from_`: A place, as `Shanghai`, `CNSHA` or `Birmingham, GB`.

        `shut`: Passages that are shut, with commas between them.

        `modes`: Only ways with one of these modes, with commas between them.

        As bytes of another format: a table or a document.

        GET /api/v1/routes
        """
        return await self._call(Call(
                "GET",
                "/api/v1/routes",
                Content,
                query={"from": from_, "to": to, "shut": shut, "tonnes": tonnes, "modes": modes, "as_of": as_of, "format": format},
                accept="*/*",
            ))

    async def get_tariff(
        self,
        importer: str,
        hs: str,
        *,
        origin: str | None = None,
        as_of: dt.date | None = None,
    ) -> models.Tariff:
        """The lines of a tariff under a code, with all their rates

        `importer`: An economy, or EU

        `origin`: Only the rates that apply to goods of this origin.

        GET /api/v1/tariffs/{importer}/{hs}
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/tariffs/{importer}/{hs}", **{"importer": importer, "hs": hs}),
                models.Tariff,
                query={"origin": origin, "as_of": as_of},
            ))

    async def get_tariff_as(
        self,
        importer: str,
        hs: str,
        *,
        origin: str | None = None,
        as_of: dt.date | None = None,
        format: Literal["json", "csv", "xlsx", "parquet", "arrow"] | None = None,
    ) -> Content:
        """The lines of a tariff under a code, with all their rates

        `importer`: An economy, or EU

        `origin`: Only the rates that apply to goods of this origin.

        As bytes of another format: a table or a document.

        GET /api/v1/tariffs/{importer}/{hs}
        """
        return await self._call(Call(
                "GET",
                path_of("/api/v1/tariffs/{importer}/{hs}", **{"importer": importer, "hs": hs}),
                Content,
                query={"origin": origin, "as_of": as_of, "format": format},
                accept="*/*",
            ))
