"""Work in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import models
from .problems import JobFailed, problem_of

if TYPE_CHECKING:
    from .client import Client

#: Seconds between two looks: soon at first, for most work is short.
FIRST_LOOK = 0.05
LAST_LOOK = 1.0
ENDED = frozenset({"done", "failed", "cancelled"})


class Job:
    """A job of the server. `wait()` gives what it made."""

    def __init__(self, state: models.Job, client: Client):
        self.state = state
        self._client = client

    def __repr__(self) -> str:
        return f"<Job {self.id}: {self.state.kind}, {self.state.state}>"

    @property
    def id(self) -> str:
        return self.state.id

    @property
    def ended(self) -> bool:
        return self.state.state in ENDED

    def refresh(self) -> Job:
        """Looks at it again."""
        self.state = self._client.api.get_job(self.id)
        return self

    def cancel(self) -> Job:
        """Asks it to stop."""
        self._client.api.cancel_job(self.id)
        return self.refresh()

    def wait(self, timeout: float | None = None, progress: Callable[[models.Job], None] | None = None) -> Any:
        """Waits until it ends, and gives what it made: an `Answer` for a scan, else the job itself.

        Raises `JobFailed` when it failed or was cancelled, `TimeoutError` after `timeout` seconds (it runs on then).
        """
        until = None if timeout is None else time.monotonic() + timeout
        pause = FIRST_LOOK
        while True:
            self.refresh()
            if progress:
                progress(self.state)
            if self.ended:
                return self._result()
            if until is not None and time.monotonic() + pause > until:
                raise TimeoutError(f"job {self.id} ({self.state.kind}) is {self.state.state} after {timeout} s")
            time.sleep(pause)
            pause = min(pause * 1.5, LAST_LOOK)

    def _result(self) -> Any:
        raw = self.state.raw
        if self.state.state != "done":
            said = raw.get("problem")
            raise JobFailed(self.state, problem_of(int(said.get("status") or 500), said) if isinstance(said, dict) else None)
        href = (raw.get("result") or {}).get("href", "")
        before, found, answer = href.partition("/answers/")
        if found and "/" not in answer:
            return self._client.answer(answer)
        return self
