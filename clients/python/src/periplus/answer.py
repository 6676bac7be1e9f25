"""An answer of the radar: plans, evidence, and what to ask next."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from . import models
from ._http import Content
from ._wire import encode
from .frames import frame, rows_of
from .problems import PeriplusError

if TYPE_CHECKING:
    from .client import Client


class Answer:
    """What the radar answered to a need. `document` is everything that the server said."""

    def __init__(self, document: models.Answer, client: Client | None = None, kept: bool = True):
        self.document = document
        self._client = client
        self._kept = kept

    def __repr__(self) -> str:
        plans = len(self.plans)
        return f"<Answer {self.id}: {self.sentence!r}, {plans} plan{'' if plans == 1 else 's'}>"

    def __len__(self) -> int:
        return len(self.plans)

    def __iter__(self) -> Iterator[models.Plan]:
        return iter(self.plans)

    def __bool__(self) -> bool:
        """An answer without a plan is an answer: ask `if answer.plans` for plans."""
        return True

    # what it says

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def sentence(self) -> str:
        """The need as it was understood."""
        return self.document.sentence

    @property
    def need(self) -> models.Need:
        return self.document.deals.need

    @property
    def plans(self) -> list[models.Plan]:
        """The plans, best first."""
        return self.document.deals.plans

    @property
    def best(self) -> models.Plan | None:
        """The first plan; None when nothing is feasible."""
        return self.plans[0] if self.plans else None

    @property
    def findings(self) -> list[models.Finding]:
        """What had to be guessed, and what to mind."""
        return [*self.document.findings, *self.document.deals.findings]

    @property
    def relaxations(self) -> list[Any]:
        """The smallest changes that would make a plan feasible, where none is."""
        return list(self.document.deals.relaxations or [])

    def plan(self, which: int | str) -> models.Plan:
        """A plan by its rank (1 is the best) or its id."""
        for it in self.plans:
            if it.rank == which or it.id.lower() == str(which).lower():
                return it
        raise KeyError(f"no plan {which!r}; there are {', '.join(it.id for it in self.plans) or 'none'}")

    def lines(self, which: int | str = 1) -> list[models.CostLine]:
        """The lines of cost of a plan; `line.because` says where each figure comes from."""
        return self.plan(which).lines

    def line(self, which: int | str, kind: str) -> models.CostLine:
        """The first line of a kind: goods, main_carriage, duty, tax, ..."""
        plan = self.plan(which)
        for it in plan.lines:
            if it.kind == kind:
                return it
        kinds = dict.fromkeys(str(it.kind) for it in plan.lines)
        raise KeyError(f"plan {plan.id} has no line {kind!r}; it has {', '.join(kinds)}")

    def frame(self, backend: str | None = None) -> Any:
        """The plans as a polars or pandas data frame, one row each; money as decimals."""
        return frame(rows_of(self.plans), backend)

    def lines_frame(self, backend: str | None = None) -> Any:
        """All lines of cost of all plans, with the source of each."""
        return frame([_line_row(plan, it) for plan in self.plans for it in plan.lines], backend)

    # what to ask next

    def what_if(
        self, *, freight_percent: float | None = None, price_percent: float | None = None, keep: bool = False, **changes: Any
    ) -> Answer:
        """Asks again with a changed need: `answer.what_if(deadline="2027-02-01", incoterm="CIF")`.

        `freight_percent` and `price_percent` scale the freight rates and the prices of the goods instead: -20 is a fifth less.
        """
        known = {it.name for it in dataclasses.fields(models.Need)} - {"raw"}
        strange = sorted(set(changes) - known)
        if strange:
            raise TypeError(f"a need has no {', '.join(strange)}; it has {', '.join(sorted(known))}")
        need = {**self.need.to_json(), **{key: encode(it) for key, it in changes.items()}}
        # None takes a part of the need away, such as the deadline.
        need = {key: it for key, it in need.items() if key not in changes or changes[key] is not None}
        scaled = {"freight_percent": freight_percent, "price_percent": price_percent}
        scaled = {key: it for key, it in scaled.items() if it is not None}
        return self._connected().scan(
            need, seed=self.document.deals.seed, as_of=self.document.deals.as_of, what_if=scaled or None, keep=keep
        )

    def relax(self, which: int = 0, **settings: Any) -> Answer:
        """Asks again with one of the relaxations. One that is no changed need, such as to split the quantity, is for a person to act on."""
        chosen = self.relaxations[which]
        if chosen.need is None:
            raise PeriplusError(f"this is not one changed need: {chosen.text}\nhint: make a need of each part")
        return self._connected().scan(chosen.need, **settings)

    def why_not(self, what: str | None = None) -> models.WhyNot:
        """Why something is not among the plans: an economy, a mode, a passage, a reason or a plan."""
        return self._api().why_not(self._address(), what=what)

    def drops(self, reason: str | None = None, q: str | None = None) -> Iterator[models.Drop]:
        """Everything that fell away, with the reason."""
        return self._api().iter_drops(self._address(), reason=reason, q=q)

    def map(self) -> Any:
        """Paths of the legs, ports and passages."""
        return self._api().get_map(self._address())

    def dossier(self) -> dict[str, Any]:
        """Everything that was looked at when deciding."""
        return self._api().get_dossier(self._address())

    def verify(self) -> models.Verdict:
        """Decides again from the dossier and compares."""
        return self._api().verify(self._address())

    def diff(self, later: Answer | str) -> models.AnswerDiff:
        """What changed between this answer and a later one."""
        return self._api().diff(self._address(), to=later.id if isinstance(later, Answer) else later)

    def paper(self, which: int | str | None = None, format: str = "html") -> Content:
        """The dossier as a document to hand on: html, pdf or xlsx. Without a plan it holds all."""
        plan = None if which is None else self.plan(which).id
        return self._api().get_paper(self._address(), plan=plan, format=format)  # type: ignore[arg-type]

    def table(self, format: str = "parquet") -> Content:
        """The plans as the server writes them as a table: csv, xlsx, parquet or arrow."""
        return self._api().get_plans_as(self._address(), format=format)  # type: ignore[arg-type]

    def watch(self, which: int | str | None = None, title: str | None = None) -> Any:
        """Sweeps again whenever a book changes, and alerts when the order or the feasibility of plans changes."""
        plan = None if which is None else self.plan(which).id
        return self._connected().watch(self._address(), plan=plan, title=title)

    def accept(self, which: int | str = 1, title: str | None = None) -> Any:
        """Makes a deal of a plan."""
        return self._connected().accept(self._address(), self.plan(which).id, title=title)

    def delete(self) -> None:
        """Throws the answer away."""
        self._api().delete_answer(self._address())

    def _connected(self) -> Client:
        if self._client is None:
            raise PeriplusError("this answer has no connection\nhint: ask through the client, with the id of the answer")
        return self._client

    def _api(self) -> Any:
        return self._connected().api

    def _address(self) -> str:
        if not self._kept:
            raise PeriplusError("this answer was not kept, so that it has no address\nhint: scan with keep=True")
        return self.id


def _line_row(plan: models.Plan, line: models.CostLine) -> dict[str, Any]:
    because = line.because
    return {
        "plan": plan.id,
        "kind": line.kind,
        "label": line.label,
        "amount": line.amount.amount if line.amount else None,
        "currency": line.amount.currency if line.amount else None,
        "payer": line.payer,
        "recoverable": line.recoverable,
        "basis": because.basis,
        "source": because.source.title,
        "publisher": because.source.publisher,
        "vintage": because.source.vintage,
        "formula": because.formula,
        "reference": because.reference,
    }


def scan_of(need: str | Mapping[str, Any] | models.Need, **said: Any) -> dict[str, Any]:
    """The body of a scan."""
    body: dict[str, Any] = {"text": need} if isinstance(need, str) else {"need": need}
    body.update({key: it for key, it in said.items() if it is not None})
    return body
