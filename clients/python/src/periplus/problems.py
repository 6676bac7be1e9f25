"""What can go wrong, as exceptions that say what, where and how to mend it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any


class PeriplusError(Exception):
    """Anything that this package raises."""


class Unreachable(PeriplusError):
    """The server did not answer."""


class JobFailed(PeriplusError):
    """Work in the background ended without a result. `job` is its last state; `problem` says why, where the server said it."""

    def __init__(self, job: Any, problem: Problem | None = None):
        self.job, self.problem = job, problem
        super().__init__(str(problem) if problem else f"job {job.id} ({job.kind}) is {job.state}")


class MissingBackend(PeriplusError, ImportError):
    """A package for tables is not installed."""


@dataclasses.dataclass(frozen=True)
class Row:
    """One row, field or place of what was sent. `line` is 0 where there are no lines."""

    line: int
    text: str
    column: str | None = None


@dataclasses.dataclass(frozen=True)
class Candidate:
    """One of several meanings of what was written, and what to write to mean it."""

    write: str
    text: str


class Problem(PeriplusError):
    """A request that was refused, in the words of the server (RFC 9457)."""

    def __init__(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None):
        self.status = status
        #: As in the manual of errors, for example `PRP-2004`; empty when something between us and the server answered.
        self.code = str(body.get("code") or "")
        self.title = str(body.get("title") or f"HTTP {status}")
        self.detail = str(body.get("detail") or "")
        #: How to mend it.
        self.hint = body.get("hint") or None
        self.rows = [
            Row(int(it.get("line") or 0), str(it.get("text", "")), it.get("column")) for it in body.get("rows") or []
        ]
        self.candidates = [
            Candidate(str(it.get("write", "")), str(it.get("text", ""))) for it in body.get("candidates") or []
        ]
        self.instance = body.get("instance")
        self.headers = dict(headers or {})
        #: The problem as it came.
        self.body = dict(body)
        super().__init__(status, body, headers)

    def __str__(self) -> str:
        lines = [" ".join(part for part in (self.code, self.detail or self.title) if part)]
        for row in self.rows[:10]:
            place = ", ".join(part for part in (f"line {row.line}" if row.line else "", row.column or "") if part)
            lines.append(f"  {place}: {row.text}" if place else f"  {row.text}")
        if len(self.rows) > 10:
            lines.append(f"  and {len(self.rows) - 10} more")
        lines.extend(f"  {it.write}: {it.text}" for it in self.candidates)
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)

    @property
    def retry_after(self) -> float | None:
        """Seconds after which the server wants to be asked again."""
        try:
            return max(0.0, float(self.headers["retry-after"]))
        except (KeyError, ValueError):
            return None


class NotSignedIn(Problem):
    """401: a key or a sign-in is needed, or is no longer good."""


class Denied(Problem):
    """403: whoever asks may not."""


class NotFound(Problem):
    """404."""


class Conflict(Problem):
    """409: the state of things does not allow it."""


class Stale(Problem):
    """412: somebody changed it since it was read. Read it again, and decide anew."""


class Refused(Problem):
    """400, 413, 415, 422: what was sent cannot be used; `rows` say which parts."""


class DataMissing(Problem):
    """424: the request was sound and rests on a book that is not there."""


class TooMany(Problem):
    """429: asked too often."""


class ServerFault(Problem):
    """5xx: not your fault."""


_KINDS: dict[int, type[Problem]] = {
    400: Refused,
    401: NotSignedIn,
    403: Denied,
    404: NotFound,
    409: Conflict,
    412: Stale,
    413: Refused,
    415: Refused,
    422: Refused,
    424: DataMissing,
    429: TooMany,
}


def problem_of(status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Problem:
    """The exception for a status."""
    kind = ServerFault if status >= 500 else _KINDS.get(status, Problem)
    return kind(status, body, headers)
