"""Objects of the API.

Written by generate.py from the description of the API (Periplus 0.1.0): do not edit.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Literal

from ._wire import Model

__all__ = [
    "Alert",
    "Answer",
    "AnswerDiff",
    "AnswerItem",
    "AnswerList",
    "AnswerMap",
    "ApiKey",
    "Arrival",
    "AuditEntry",
    "Band",
    "Basis",
    "Best",
    "Book",
    "BookChange",
    "BookCheck",
    "BookChecks",
    "BookInput",
    "BookItem",
    "BookList",
    "BookRef",
    "BookTable",
    "Candidate",
    "Carbon",
    "Change",
    "Code",
    "CodeItem",
    "CodeList",
    "Confirm",
    "Consignment",
    "Coordinates",
    "CostLine",
    "Counts",
    "Credentials",
    "CurrencyCode",
    "Deal",
    "DealChange",
    "DealDate",
    "DealEvent",
    "DealItem",
    "DealList",
    "DealNote",
    "DealPaper",
    "DealPerson",
    "DealSent",
    "Deals",
    "Delivery",
    "Difference",
    "Dossier",
    "Drop",
    "DropList",
    "Duties",
    "DutyLine",
    "DutyPreference",
    "EconomyCode",
    "EconomyItem",
    "EconomyList",
    "EditionItem",
    "EditionList",
    "Effort",
    "Evidence",
    "FigureWhy",
    "FigureWhys",
    "Finding",
    "FromSheet",
    "Gone",
    "GoodsHit",
    "GoodsHits",
    "History",
    "HistoryLine",
    "ImportAnswer",
    "ImportReason",
    "ImportRow",
    "Incoterm",
    "Job",
    "JobState",
    "KeptNeed",
    "LeftOut",
    "Leg",
    "LegLine",
    "Limits",
    "ListAlertsItem",
    "ListApiKeysItem",
    "ListAuditItem",
    "ListDeadDeliveriesItem",
    "ListDeliveriesItem",
    "ListJobsItem",
    "ListPeopleItem",
    "ListWatchesItem",
    "ListWebhooksItem",
    "ListedAlert",
    "ListedAlertItemsItem",
    "ListedApiKey",
    "ListedApiKeyItemsItem",
    "ListedAuditEntry",
    "ListedAuditEntryItemsItem",
    "ListedDelivery",
    "ListedDeliveryItemsItem",
    "ListedJob",
    "ListedJobItemsItem",
    "ListedPerson",
    "ListedPersonItemsItem",
    "ListedWatch",
    "ListedWatchItemsItem",
    "ListedWebhook",
    "ListedWebhookItemsItem",
    "Mapping",
    "MaybeMode",
    "MaybeMoney",
    "MaybeNeed",
    "MaybeNeedState",
    "MaybeScanSettings",
    "MaybeWhatIf",
    "Me",
    "MeasureItem",
    "Mode",
    "Money",
    "Named",
    "Names",
    "Need",
    "NeedChange",
    "NeedList",
    "NeedRead",
    "NeedSent",
    "NeedWords",
    "NewHook",
    "NewKey",
    "NewWatch",
    "Newcomer",
    "OnePlan",
    "Organisation",
    "PaperList",
    "Person",
    "PersonChange",
    "Place",
    "PlaceHit",
    "PlaceHits",
    "Plan",
    "Port",
    "Preference",
    "Price",
    "PriceBand",
    "Problem",
    "Progress",
    "Quantity",
    "Question",
    "Quote",
    "QuoteChange",
    "QuoteList",
    "QuoteSent",
    "QuoteSheet",
    "QuoteText",
    "Relaxation",
    "Rename",
    "Row",
    "RowChange",
    "Scan",
    "ScanSettings",
    "Sheet",
    "SheetAccepted",
    "SheetColumn",
    "SheetField",
    "SheetList",
    "SheetNote",
    "SheetReport",
    "Source",
    "Stop",
    "Supplier",
    "SupplierEconomies",
    "SupplierEconomy",
    "SupplierList",
    "TablePage",
    "Tariff",
    "Threshold",
    "Total",
    "TotalAtLeast",
    "Understood",
    "Verdict",
    "Verified",
    "Watch",
    "WatchPatch",
    "WatchState",
    "Way",
    "WayLeg",
    "Ways",
    "Webhook",
    "WhatIf",
    "WhyNot",
    "Wishes",
]


@dataclass(kw_only=True, repr=True)
class Alert(Model):
    """An alert as it is shown."""

    after: dict[str, Any]
    answer_id: str | None
    at: dt.datetime
    before: dict[str, Any]
    #: The book that changed.
    book: str
    delta: list[dict[str, Any]]
    edition: str
    id: str
    kind: str
    plan: str | None
    seen: bool
    watch_id: str
    watch_title: str | None


@dataclass(kw_only=True, repr=True)
class Answer(Model):
    """Answer."""

    books: list[BookRef]
    created_at: dt.datetime
    deals: Deals
    effort: Effort
    findings: list[Finding]
    id: str
    names: Names
    quotes_used: int
    sample: bool
    sentence: str
    text: str
    understood: list[Understood]
    what_if: WhatIf | None = None


@dataclass(kw_only=True, repr=True)
class AnswerDiff(Model):
    """AnswerDiff."""

    _names: ClassVar[dict[str, str]] = {"from_": "from"}
    changes: list[Change]
    from_: str
    to: str


@dataclass(kw_only=True, repr=True)
class AnswerItem(Model):
    """An answer in a list."""

    created_at: dt.datetime
    id: str
    plans: int
    sample: bool
    sentence: str
    best: Best | None = None


@dataclass(kw_only=True, repr=True)
class AnswerList(Model):
    """A page of a list."""

    items: list[AnswerItem]
    #: Hand this back as `cursor` for the page that follows; null at the end.
    next: str | None
    #: How many there are; said with the first page.
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class AnswerMap(Model):
    """AnswerMap."""

    legs: list[LegLine]
    ports: list[Port]


@dataclass(kw_only=True, repr=True)
class ApiKey(Model):
    """A key with which a program asks."""

    created_at: dt.datetime
    expires_at: dt.datetime | None
    id: str
    last_used: dt.datetime | None
    name: str
    #: How the secret begins.
    prefix: str
    role: str
    #: Shown once, when the key is made.
    secret: str | None = None


@dataclass(kw_only=True, repr=True)
class Arrival(Model):
    """Arrival."""

    days: list[float]
    on_time_percent: float | None
    p10: dt.date
    p50: dt.date
    p90: dt.date
    scenarios: int


@dataclass(kw_only=True, repr=True)
class AuditEntry(Model):
    """Something that was done."""

    at: dt.datetime
    #: Nothing when it was erased.
    details: dict[str, Any] | None
    hash: str
    object: str
    previous: str
    seq: int
    what: str
    who: str


@dataclass(kw_only=True, repr=True)
class Band(Model):
    """P10, P50 and P90, or least, middle and most."""

    high: float
    low: float
    mid: float


@dataclass(kw_only=True, repr=True)
class Best(Model):
    """The first plan of an answer, for lists."""

    arrival_p50: dt.date
    id: str
    landed: Total


@dataclass(kw_only=True, repr=True)
class Book(Model):
    """A book in full."""

    age_days: int | None
    #: What the figures speak of: the vintage.
    as_of: str
    #: observed, benchmark, modelled or assumed.
    basis: str
    bytes: int
    edition: str
    #: How many editions are kept, the one in force counted.
    editions: int
    #: ok, old, damaged or missing.
    health: str
    health_text: str
    imported: bool
    imported_at: str | None
    licence: str
    licence_url: str | None
    name: str
    publisher: str
    rows: int
    title: str
    vintage: str
    #: How it was made and what was left out.
    how: str
    inputs: list[BookInput]
    made_by: str
    tables: list[BookTable]


@dataclass(kw_only=True, repr=True)
class BookChange(Model):
    """What became of a book."""

    #: The edition that was in force before.
    before: str | None
    book: str
    edition: str
    rows: int
    rows_before: int
    #: Whether the very same tables were in force already.
    unchanged: bool


@dataclass(kw_only=True, repr=True)
class BookCheck(Model):
    """Whether the tables of a book are what its source says."""

    name: str
    ok: bool
    text: str


@dataclass(kw_only=True, repr=True)
class BookChecks(Model):
    """BookChecks."""

    items: list[BookCheck]
    ok: bool


@dataclass(kw_only=True, repr=True)
class BookInput(Model):
    """A file from which a book was made."""

    file: str
    sha256: str
    licence: str | None = None
    publisher: str | None = None


@dataclass(kw_only=True, repr=True)
class BookItem(Model):
    """A book in a list."""

    age_days: int | None
    #: What the figures speak of: the vintage.
    as_of: str
    #: observed, benchmark, modelled or assumed.
    basis: str
    bytes: int
    edition: str
    #: How many editions are kept, the one in force counted.
    editions: int
    #: ok, old, damaged or missing.
    health: str
    health_text: str
    imported: bool
    imported_at: str | None
    licence: str
    licence_url: str | None
    name: str
    publisher: str
    rows: int
    title: str
    vintage: str


@dataclass(kw_only=True, repr=True)
class BookList(Model):
    """BookList."""

    items: list[BookItem]


@dataclass(kw_only=True, repr=True)
class BookRef(Model):
    """A book as an answer cites it."""

    name: str
    publisher: str
    title: str
    vintage: str


@dataclass(kw_only=True, repr=True)
class BookTable(Model):
    """BookTable."""

    columns: list[str]
    file: str
    rows: int


@dataclass(kw_only=True, repr=True)
class Candidate(Model):
    """One of several meanings of what was written."""

    text: str
    #: What to write to mean this one.
    write: str


@dataclass(kw_only=True, repr=True)
class Carbon(Model):
    """Carbon."""

    product_kg: float | None
    transport_kg: float | None
    transport_range_kg: list[float] | None
    product_because: Evidence | None = None
    transport_because: Evidence | None = None


@dataclass(kw_only=True, repr=True)
class Change(Model):
    """Change."""

    after: str | None
    before: str | None
    #: need, as_of, plan, rank, landed, line, arrival or combinations.
    what: str
    line: str | None = None
    plan: str | None = None


@dataclass(kw_only=True, repr=True)
class Code(Model):
    """What a code means."""

    #: For example `PRP-1203`.
    code: str
    #: How to mend it.
    mend: str | None
    text: str
    title: str


@dataclass(kw_only=True, repr=True)
class CodeItem(Model):
    """A code in a list."""

    code: str
    title: str


@dataclass(kw_only=True, repr=True)
class CodeList(Model):
    """CodeList."""

    items: list[CodeItem]


@dataclass(kw_only=True, repr=True)
class Confirm(Model):
    """The name of the firm, to make sure."""

    confirm: str


@dataclass(kw_only=True, repr=True)
class Consignment(Model):
    """A consignment."""

    #: For example `8505110090`.
    hs: str
    #: An economy by code or name. For example `GB`.
    importer: str
    #: For example `CN`.
    origin: str
    value: Money
    as_of: dt.date | None = None
    #: What can be proved, by name: "origin.wholly_obtained" = "yes".
    facts: dict[str, str] | None = None
    mode: MaybeMode | None = None
    #: For example `5 t`.
    quantity: str | None = None


@dataclass(kw_only=True, repr=True)
class Coordinates(Model):
    """Coordinates."""

    lat: float
    lon: float


@dataclass(kw_only=True, repr=True)
class CostLine(Model):
    """CostLine."""

    #: P50; null when it is not known.
    amount: Money | None
    because: Evidence
    kind: Literal["goods", "origin_carriage", "origin_terminal", "export_clearance", "main_carriage", "insurance", "destination_terminal", "destination_carriage", "import_clearance", "duty", "additional_duty", "anti_dumping", "customs_fee", "carbon_border", "tax", "bank_charges", "financing", "hedging", "currency"]
    label: str
    payer: Literal["seller", "buyer"]
    recoverable: bool
    range: list[Money] | None = None


@dataclass(kw_only=True, repr=True)
class Counts(Model):
    """kept + dropped + not enumerated = all."""

    all: int
    dropped: dict[str, int]
    kept: int
    not_enumerated: int
    origins: int
    routes: int


@dataclass(kw_only=True, repr=True)
class Credentials(Model):
    """E-mail and password."""

    #: For example `ada@example.com`.
    email: str
    password: str


@dataclass(kw_only=True, repr=True)
class Deal(Model):
    """A deal in full."""

    arrival_p50: dt.date
    destination: str
    id: str
    landed: Total
    origin: str
    sentence: str
    #: draft, offered, agreed, shipped, cleared, paid, closed or cancelled.
    state: str
    supplier: str
    title: str
    updated_at: dt.datetime
    answer_id: str
    created_at: dt.datetime
    dates: list[DealDate]
    need: Need
    #: States that may follow.
    next: list[str]
    notes: list[DealNote]
    papers: list[DealPaper]
    people: list[DealPerson]
    plan: Plan
    plan_id: str
    version: int


@dataclass(kw_only=True, repr=True)
class DealChange(Model):
    """Changes of a deal; what is left out stays."""

    dates: list[DealDate] | None = None
    people: list[DealPerson] | None = None
    title: str | None = None
    #: The version that is changed, when `If-Match` does not say it.
    version: int | None = None


@dataclass(kw_only=True, repr=True)
class DealDate(Model):
    """A date of a deal."""

    date: dt.date
    #: offer_valid, signed, cargo_ready, departure, arrival, clearance, payment_due, or other words.
    what: str


@dataclass(kw_only=True, repr=True)
class DealEvent(Model):
    """What happens to a deal."""

    kind: Literal["state", "note", "person", "date"]
    text: str | None | str | None = None
    to: Literal["draft", "offered", "agreed", "shipped", "cleared", "paid", "closed", "cancelled"] | None = None
    contact: str | None = None
    name: str | None = None
    role: str | None = None
    date: dt.date | None = None
    what: str | None = None


@dataclass(kw_only=True, repr=True)
class DealItem(Model):
    """A deal in a list."""

    arrival_p50: dt.date
    destination: str
    id: str
    landed: Total
    origin: str
    sentence: str
    #: draft, offered, agreed, shipped, cleared, paid, closed or cancelled.
    state: str
    supplier: str
    title: str
    updated_at: dt.datetime


@dataclass(kw_only=True, repr=True)
class DealList(Model):
    """DealList."""

    items: list[DealItem]
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class DealNote(Model):
    """DealNote."""

    at: dt.datetime
    by: str
    text: str


@dataclass(kw_only=True, repr=True)
class DealPaper(Model):
    """A paper of a deal."""

    at: dt.datetime
    bytes: int
    id: str
    #: contract, invoice, packing_list, bill_of_lading, certificate, customs, payment or other.
    kind: str
    name: str
    sha256: str


@dataclass(kw_only=True, repr=True)
class DealPerson(Model):
    """Somebody who has to do with a deal."""

    name: str
    contact: str | None = None
    #: Its place in the list; given by the server.
    id: str | None = None
    role: str | None = None


@dataclass(kw_only=True, repr=True)
class DealSent(Model):
    """A plan that is accepted."""

    answer_id: str
    #: Its id within the answer. For example `CN-sea-1`.
    plan: str
    title: str | None = None


@dataclass(kw_only=True, repr=True)
class Deals(Model):
    """The answer to a need."""

    as_of: dt.date
    counts: Counts
    dossier: str
    draws: int
    drops: list[Drop]
    findings: list[Finding]
    missing: list[str]
    need: Need
    plans: list[Plan]
    questions: list[Question]
    schema: str
    seed: int
    relaxations: list[Relaxation] | None = None


@dataclass(kw_only=True, repr=True)
class Delivery(Model):
    """A call of a webhook."""

    at: dt.datetime
    attempts: int
    error: str | None
    id: str
    kind: str
    #: When it is tried again.
    next_at: dt.datetime | None
    state: str
    status: int | None
    url: str | None
    webhook_id: str


@dataclass(kw_only=True, repr=True)
class Difference(Model):
    """How two editions differ."""

    _names: ClassVar[dict[str, str]] = {"from_": "from"}
    added: int
    changed: int
    from_: str
    #: Columns of the first table that differs.
    header: list[str]
    #: How many more rows differ.
    more: int
    removed: int
    #: The first rows that differ.
    rows: list[RowChange]
    to: str
    book: str | None = None


@dataclass(kw_only=True, repr=True)
class Dossier(Model):
    """Everything that an answer was decided from. Its SHA-256 is the identity of the answer."""

    as_of: dt.date
    currencies: dict[str, CurrencyCode]
    drops: list[Drop]
    findings: list[Finding]
    mass_kg: float
    missing: list[str]
    need: Need
    network: Source
    schema: str
    seed: int
    settings: dict[str, Any]
    supplies: list[dict[str, Any]]
    tables: dict[str, Any]


@dataclass(kw_only=True, repr=True)
class Drop(Model):
    """Drop."""

    count: int
    origin: EconomyCode | None
    reason: Literal["excluded", "prohibited", "no_route", "capacity", "no_path", "deadline", "over_limit", "dominated", "look_alike", "beyond_shortlist"]
    text: str
    by: str | None = None
    choice: str | None = None
    route: str | None = None


@dataclass(kw_only=True, repr=True)
class DropList(Model):
    """DropList."""

    items: list[Drop]
    next: str | None
    #: Drops that the filter lets through; each stands for `count` combinations.
    total: int


@dataclass(kw_only=True, repr=True)
class Duties(Model):
    """Duties."""

    as_of: dt.date
    findings: list[Finding]
    hs: str
    importer: str
    lines: list[DutyLine]
    origin: str
    preferences: list[DutyPreference]
    customs_value: MaybeMoney | None = None


@dataclass(kw_only=True, repr=True)
class DutyLine(Model):
    """One duty, fee or tax."""

    because: Evidence
    #: Not rounded.
    exact: str | None
    kind: str
    label: str
    recoverable: bool
    amount: MaybeMoney | None = None
    range: list[Money] | None = None


@dataclass(kw_only=True, repr=True)
class DutyPreference(Model):
    """A preference under an agreement."""

    ask: list[str]
    must_prove: list[str]
    rate: str
    reference: str
    rule_of_origin: str
    scheme: str
    #: claimed, provable, not_met or unknown.
    state: str
    title: str
    saved: MaybeMoney | None = None


@dataclass(kw_only=True, repr=True)
class EconomyItem(Model):
    """An economy with its codes."""

    alpha3: str
    #: For example `GB`.
    code: str
    currency: str | None
    name: str
    region: str


@dataclass(kw_only=True, repr=True)
class EconomyList(Model):
    """EconomyList."""

    items: list[EconomyItem]


@dataclass(kw_only=True, repr=True)
class EditionItem(Model):
    """An edition of a book."""

    edition: str
    imported: bool
    in_force: bool
    rows: int
    vintage: str
    file: str | None = None
    retrieved: str | None = None


@dataclass(kw_only=True, repr=True)
class EditionList(Model):
    """EditionList."""

    #: What was installed and rolled back, oldest first.
    history: list[str]
    items: list[EditionItem]


@dataclass(kw_only=True, repr=True)
class Effort(Model):
    """Effort."""

    cpu_seconds: float | None
    energy_basis: str
    energy_joules: float | None
    seconds: float
    watts_per_core: float


@dataclass(kw_only=True, repr=True)
class Evidence(Model):
    """Where a figure comes from."""

    basis: Basis
    source: Source
    formula: str | None = None
    reference: str | None = None
    stated: str | None = None


@dataclass(kw_only=True, repr=True)
class FigureWhy(Model):
    """One figure with what stands behind it."""

    figure: str
    label: str
    #: In words, where it is made of other figures rather than read from a source.
    made_of: list[str]
    value: str
    because: Evidence | None = None


@dataclass(kw_only=True, repr=True)
class FigureWhys(Model):
    """FigureWhys."""

    items: list[FigureWhy]
    plan: str


@dataclass(kw_only=True, repr=True)
class Finding(Model):
    """Finding."""

    code: str
    severity: Literal["note", "caution", "barrier", "prohibited"]
    text: str
    hint: str | None = None
    reference: str | None = None


@dataclass(kw_only=True, repr=True)
class FromSheet(Model):
    """The sheet in which a quote came."""

    id: str
    line: int
    name: str


@dataclass(kw_only=True, repr=True)
class Gone(Model):
    """How much was erased."""

    #: Rows by kind.
    rows: dict[str, Any]


@dataclass(kw_only=True, repr=True)
class GoodsHit(Model):
    """Goods that the words may mean."""

    #: For example `850511`.
    code: str
    #: 0 to 1; 1 is the exact name or code.
    score: float
    text: str
    #: What in the words led here.
    why: str


@dataclass(kw_only=True, repr=True)
class GoodsHits(Model):
    """GoodsHits."""

    items: list[GoodsHit]


@dataclass(kw_only=True, repr=True)
class History(Model):
    """History."""

    items: list[HistoryLine]
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class HistoryLine(Model):
    """A line of a deal's history."""

    at: dt.datetime
    by: str
    #: state, note, person, date, paper or title.
    kind: str
    #: Counted from the beginning.
    seq: int
    text: str
    after: Any = None
    before: Any = None


@dataclass(kw_only=True, repr=True)
class ImportAnswer(Model):
    """What an import did, or would do. `read = accepted + repaired + set_aside + rejected`."""

    accepted: int
    book: str
    difference: Difference
    dry_run: bool
    edition: str
    findings: list[Finding]
    kind: str
    read: int
    reasons: list[ImportReason]
    rejected: int
    repaired: int
    rows: list[ImportRow]
    set_aside: int
    #: Whether the very same tables are in force already.
    unchanged: bool


@dataclass(kw_only=True, repr=True)
class ImportReason(Model):
    """How many rows met one fate for one reason."""

    fate: str
    reason: str
    rows: int


@dataclass(kw_only=True, repr=True)
class ImportRow(Model):
    """One row that was not simply taken."""

    column: str
    #: repaired, set_aside or rejected.
    fate: str
    found: str
    line: int
    reason: str
    repaired_to: str | None = None


@dataclass(kw_only=True, repr=True)
class Job(Model):
    """Work to be done later, as it is shown."""

    attempts: int
    created_at: dt.datetime
    id: str
    kind: str
    problem: dict[str, Any] | None
    progress: Progress
    #: Where its result is; or the result itself, where it has no address.
    result: dict[str, Any] | None
    state: str
    updated_at: dt.datetime


@dataclass(kw_only=True, repr=True)
class KeptNeed(Model):
    """A need that is kept."""

    answer_id: str | None
    created_at: dt.datetime
    id: str
    #: open, answered, dealt or dropped.
    state: str
    text: str
    title: str
    updated_at: dt.datetime
    version: int


@dataclass(kw_only=True, repr=True)
class LeftOut(Model):
    """LeftOut."""

    #: There is such a way, but better ones were kept.
    exists: bool
    reason: str
    what: str


@dataclass(kw_only=True, repr=True)
class Leg(Model):
    """Leg."""

    _names: ClassVar[dict[str, str]] = {"from_": "from"}
    because: Evidence
    co2e_kg: float | None
    days: list[float]
    distance_km: float
    from_: Stop
    mode: Mode
    to: Stop
    passages: list[str] | None = None
    path: list[list[float]] | None = None


@dataclass(kw_only=True, repr=True)
class LegLine(Model):
    """A leg of a plan as a line."""

    #: Its place among the legs of the plan, from 0.
    leg: int
    #: For example `sea`.
    mode: str
    #: [longitude, latitude], degrees.
    path: list[list[float]]
    plan: str


@dataclass(kw_only=True, repr=True)
class Limits(Model):
    """Limits."""

    co2e_kg_at_most: int | None = None
    landed_at_most: Money | None = None
    modes_only: list[Mode] | None = None
    #: Parts per million.
    on_time_at_least: int | None = None
    origins_never: list[EconomyCode] | None = None
    origins_only: list[EconomyCode] | None = None
    passages_shut: list[str] | None = None


@dataclass(kw_only=True, repr=True)
class ListAlertsItem(Model):
    """An alert as it is shown."""

    after: dict[str, Any]
    answer_id: str | None
    at: dt.datetime
    before: dict[str, Any]
    #: The book that changed.
    book: str
    delta: list[dict[str, Any]]
    edition: str
    id: str
    kind: str
    plan: str | None
    seen: bool
    watch_id: str
    watch_title: str | None


@dataclass(kw_only=True, repr=True)
class ListApiKeysItem(Model):
    """A key with which a program asks."""

    created_at: dt.datetime
    expires_at: dt.datetime | None
    id: str
    last_used: dt.datetime | None
    name: str
    #: How the secret begins.
    prefix: str
    role: str
    #: Shown once, when the key is made.
    secret: str | None = None


@dataclass(kw_only=True, repr=True)
class ListAuditItem(Model):
    """Something that was done."""

    at: dt.datetime
    #: Nothing when it was erased.
    details: dict[str, Any] | None
    hash: str
    object: str
    previous: str
    seq: int
    what: str
    who: str


@dataclass(kw_only=True, repr=True)
class ListDeadDeliveriesItem(Model):
    """A call of a webhook."""

    at: dt.datetime
    attempts: int
    error: str | None
    id: str
    kind: str
    #: When it is tried again.
    next_at: dt.datetime | None
    state: str
    status: int | None
    url: str | None
    webhook_id: str


@dataclass(kw_only=True, repr=True)
class ListDeliveriesItem(Model):
    """A call of a webhook."""

    at: dt.datetime
    attempts: int
    error: str | None
    id: str
    kind: str
    #: When it is tried again.
    next_at: dt.datetime | None
    state: str
    status: int | None
    url: str | None
    webhook_id: str


@dataclass(kw_only=True, repr=True)
class ListJobsItem(Model):
    """Work to be done later, as it is shown."""

    attempts: int
    created_at: dt.datetime
    id: str
    kind: str
    problem: dict[str, Any] | None
    progress: Progress
    #: Where its result is; or the result itself, where it has no address.
    result: dict[str, Any] | None
    state: str
    updated_at: dt.datetime


@dataclass(kw_only=True, repr=True)
class ListPeopleItem(Model):
    """A person of the firm."""

    #: May sign in.
    active: bool
    created_at: dt.datetime
    email: str | None
    #: Signs in with a password; otherwise through a provider alone.
    has_password: bool
    id: str
    name: str
    role: str
    version: int


@dataclass(kw_only=True, repr=True)
class ListWatchesItem(Model):
    """A watch as it is shown."""

    answer_id: str
    created_at: dt.datetime
    id: str
    plan: str | None
    sentence: str
    state: str
    swept_at: dt.datetime | None
    title: str
    #: Alerts that nobody has seen yet.
    unseen: int
    version: int


@dataclass(kw_only=True, repr=True)
class ListWebhooksItem(Model):
    """An address that is called when something happens."""

    created_at: dt.datetime
    id: str
    kinds: list[str]
    url: str
    #: With which calls are signed; shown once, when the webhook is made.
    secret: str | None = None


@dataclass(kw_only=True, repr=True)
class ListedAlert(Model):
    """A page of a list."""

    items: list[ListedAlertItemsItem]
    #: The cursor of the next page.
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class ListedAlertItemsItem(Model):
    """An alert as it is shown."""

    after: dict[str, Any]
    answer_id: str | None
    at: dt.datetime
    before: dict[str, Any]
    #: The book that changed.
    book: str
    delta: list[dict[str, Any]]
    edition: str
    id: str
    kind: str
    plan: str | None
    seen: bool
    watch_id: str
    watch_title: str | None


@dataclass(kw_only=True, repr=True)
class ListedApiKey(Model):
    """A page of a list."""

    items: list[ListedApiKeyItemsItem]
    #: The cursor of the next page.
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class ListedApiKeyItemsItem(Model):
    """A key with which a program asks."""

    created_at: dt.datetime
    expires_at: dt.datetime | None
    id: str
    last_used: dt.datetime | None
    name: str
    #: How the secret begins.
    prefix: str
    role: str
    #: Shown once, when the key is made.
    secret: str | None = None


@dataclass(kw_only=True, repr=True)
class ListedAuditEntry(Model):
    """A page of a list."""

    items: list[ListedAuditEntryItemsItem]
    #: The cursor of the next page.
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class ListedAuditEntryItemsItem(Model):
    """Something that was done."""

    at: dt.datetime
    #: Nothing when it was erased.
    details: dict[str, Any] | None
    hash: str
    object: str
    previous: str
    seq: int
    what: str
    who: str


@dataclass(kw_only=True, repr=True)
class ListedDelivery(Model):
    """A page of a list."""

    items: list[ListedDeliveryItemsItem]
    #: The cursor of the next page.
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class ListedDeliveryItemsItem(Model):
    """A call of a webhook."""

    at: dt.datetime
    attempts: int
    error: str | None
    id: str
    kind: str
    #: When it is tried again.
    next_at: dt.datetime | None
    state: str
    status: int | None
    url: str | None
    webhook_id: str


@dataclass(kw_only=True, repr=True)
class ListedJob(Model):
    """A page of a list."""

    items: list[ListedJobItemsItem]
    #: The cursor of the next page.
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class ListedJobItemsItem(Model):
    """Work to be done later, as it is shown."""

    attempts: int
    created_at: dt.datetime
    id: str
    kind: str
    problem: dict[str, Any] | None
    progress: Progress
    #: Where its result is; or the result itself, where it has no address.
    result: dict[str, Any] | None
    state: str
    updated_at: dt.datetime


@dataclass(kw_only=True, repr=True)
class ListedPerson(Model):
    """A page of a list."""

    items: list[ListedPersonItemsItem]
    #: The cursor of the next page.
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class ListedPersonItemsItem(Model):
    """A person of the firm."""

    #: May sign in.
    active: bool
    created_at: dt.datetime
    email: str | None
    #: Signs in with a password; otherwise through a provider alone.
    has_password: bool
    id: str
    name: str
    role: str
    version: int


@dataclass(kw_only=True, repr=True)
class ListedWatch(Model):
    """A page of a list."""

    items: list[ListedWatchItemsItem]
    #: The cursor of the next page.
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class ListedWatchItemsItem(Model):
    """A watch as it is shown."""

    answer_id: str
    created_at: dt.datetime
    id: str
    plan: str | None
    sentence: str
    state: str
    swept_at: dt.datetime | None
    title: str
    #: Alerts that nobody has seen yet.
    unseen: int
    version: int


@dataclass(kw_only=True, repr=True)
class ListedWebhook(Model):
    """A page of a list."""

    items: list[ListedWebhookItemsItem]
    #: The cursor of the next page.
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class ListedWebhookItemsItem(Model):
    """An address that is called when something happens."""

    created_at: dt.datetime
    id: str
    kinds: list[str]
    url: str
    #: With which calls are signed; shown once, when the webhook is made.
    secret: str | None = None


@dataclass(kw_only=True, repr=True)
class Mapping(Model):
    """Which column is what."""

    #: By field, the name of the column.
    mapping: dict[str, str]


@dataclass(kw_only=True, repr=True)
class Me(Model):
    """Who one is, and how this server is set up."""

    #: To be sent back as `X-Periplus-Csrf` with every change.
    csrf: str | None
    #: Whether nothing was asked here yet.
    first_start: bool
    languages: list[str]
    #: `local`: whoever sits at this machine, without a login.
    mode: str
    #: Whether one can sign in through a provider.
    oidc: bool
    organisation: Named | None
    person: Named | None
    role: str | None
    today: dt.date
    version: str


@dataclass(kw_only=True, repr=True)
class MeasureItem(Model):
    """One measure of a tariff."""

    condition: str
    from_day: str | None
    #: "*" for everyone, an economy, or a group of them.
    geo: str
    #: Empty: all goods.
    hs: str
    measure: str
    programme: str
    rate: str
    reference: str
    to_day: str | None


@dataclass(kw_only=True, repr=True)
class Money(Model):
    """An amount of money."""

    amount: Decimal
    currency: CurrencyCode


@dataclass(kw_only=True, repr=True)
class Named(Model):
    """Somebody or something with a name."""

    id: str
    name: str
    email: str | None = None


@dataclass(kw_only=True, repr=True)
class Names(Model):
    """Names of what an answer speaks of, in the person's language."""

    #: By ISO 3166 code.
    economies: dict[str, str]


@dataclass(kw_only=True, repr=True)
class Need(Model):
    """What a person wants bought or sold."""

    currency: CurrencyCode
    direction: Literal["buy", "sell"]
    #: For example `850511`.
    hs: str
    place: Place
    quantity: Quantity
    deadline: dt.date | None = None
    facts: dict[str, str] | None = None
    goods: str | None = None
    incoterm: Incoterm | None = None
    limits: Limits | None = None
    wishes: Wishes | None = None


@dataclass(kw_only=True, repr=True)
class NeedChange(Model):
    """Changes of a need."""

    answer_id: str | None = None
    state: MaybeNeedState | None = None
    text: str | None = None
    title: str | None = None
    #: The version that is changed, when `If-Match` does not say it.
    version: int | None = None


@dataclass(kw_only=True, repr=True)
class NeedList(Model):
    """NeedList."""

    items: list[KeptNeed]
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class NeedRead(Model):
    """What was understood."""

    findings: list[Finding]
    need: Need
    #: The need said again in one sentence.
    sentence: str
    understood: list[Understood]


@dataclass(kw_only=True, repr=True)
class NeedSent(Model):
    """A need to keep."""

    text: str
    #: The answer that it has already.
    answer_id: str | None = None
    #: The beginning of the text when left out.
    title: str | None = None


@dataclass(kw_only=True, repr=True)
class NeedWords(Model):
    """A need in words."""

    #: A sentence in English or Chinese. For example `buy 5 t HS 850511 to Birmingham DAP within 12 weeks in
    #: GBP`.
    text: str
    #: Read as of this day; today when left out.
    as_of: dt.date | None = None


@dataclass(kw_only=True, repr=True)
class NewHook(Model):
    """A new webhook."""

    #: For example `https://example.com/periplus`.
    url: str
    #: Kinds of events; all when empty.
    kinds: list[str] | None = None


@dataclass(kw_only=True, repr=True)
class NewKey(Model):
    """A new key."""

    name: str
    #: Never more than one's own.
    role: str
    expires_at: dt.datetime | None = None


@dataclass(kw_only=True, repr=True)
class NewWatch(Model):
    """What is to be watched."""

    answer_id: str
    #: One plan of the answer; its whole order when left out.
    plan: str | None = None
    title: str | None = None


@dataclass(kw_only=True, repr=True)
class Newcomer(Model):
    """Somebody new."""

    email: str
    name: str
    role: str
    #: Left out, the person signs in through a provider.
    password: str | None = None


@dataclass(kw_only=True, repr=True)
class OnePlan(Model):
    """OnePlan."""

    answer_id: str
    need: Need
    plan: Plan


@dataclass(kw_only=True, repr=True)
class Organisation(Model):
    """A firm."""

    created_at: dt.datetime
    id: str
    name: str
    version: int


@dataclass(kw_only=True, repr=True)
class PaperList(Model):
    """PaperList."""

    items: list[DealPaper]


@dataclass(kw_only=True, repr=True)
class Person(Model):
    """A person of the firm."""

    #: May sign in.
    active: bool
    created_at: dt.datetime
    email: str | None
    #: Signs in with a password; otherwise through a provider alone.
    has_password: bool
    id: str
    name: str
    role: str
    version: int


@dataclass(kw_only=True, repr=True)
class PersonChange(Model):
    """What changes of a person."""

    active: bool | None = None
    name: str | None = None
    #: A new password: whoever has forgotten theirs is helped by an admin. Ends the person's sessions.
    password: str | None = None
    role: str | None = None
    version: int | None = None


@dataclass(kw_only=True, repr=True)
class Place(Model):
    """Place."""

    economy: EconomyCode
    name: str
    at: Coordinates | None = None
    #: For example `GBBHM`.
    locode: str | None = None


@dataclass(kw_only=True, repr=True)
class PlaceHit(Model):
    """A place that the words may mean."""

    #: For example `GB`.
    economy: str
    economy_name: str
    #: Port, airport, rail terminal and so on.
    kind: str
    #: For example `GBBHM`.
    locode: str
    name: str
    at: Coordinates | None = None


@dataclass(kw_only=True, repr=True)
class PlaceHits(Model):
    """PlaceHits."""

    items: list[PlaceHit]


@dataclass(kw_only=True, repr=True)
class Plan(Model):
    """A complete, judged plan."""

    arrival: Arrival
    carbon: Carbon
    cash_month: Money
    cost_at_risk: Money | None
    cost_range: list[Money] | None
    destination: EconomyCode
    exposure: Money
    findings: list[Finding]
    first_percent: float
    #: For example `CN-sea-1`.
    id: str
    incoterm: Incoterm
    labels: dict[str, str]
    landed: Total
    legs: list[Leg]
    lines: list[CostLine]
    look_alikes: int
    modes: list[Mode]
    origin: EconomyCode
    per_unit: Money
    plan: dict[str, int]
    preferences: list[Preference]
    rank: int
    score: float
    score_parts: dict[str, float]
    thresholds: list[Threshold]
    #: Place on cost, arrival, carbon, resilience and cash: 0 the best seen, 1 the middle. The mean, weighted
    #: by the wishes, is the score.
    axes: dict[str, float] | None = None
    expected: Money | None = None


@dataclass(kw_only=True, repr=True)
class Port(Model):
    """A place where legs meet."""

    at: list[float]
    name: str
    locode: str | None = None


@dataclass(kw_only=True, repr=True)
class Preference(Model):
    """Preference."""

    rate: str
    rule_of_origin: str | None
    saving: Money | None
    scheme: str
    state: str
    must_prove: list[str] | None = None


@dataclass(kw_only=True, repr=True)
class Price(Model):
    """What a kilogram was worth, FOB at the exporter's border."""

    band: PriceBand | None
    exporter: str | None
    hs: str
    importer: str | None
    mean_usd_per_kg: float | None
    source: Source
    trade_usd: int
    year: int


@dataclass(kw_only=True, repr=True)
class PriceBand(Model):
    """The band of unit values, outliers set aside."""

    because: Evidence
    flows: int
    outliers: int
    unweighed: int
    usd_per_kg: Band


@dataclass(kw_only=True, repr=True)
class Problem(Model):
    """A problem as it is sent: `application/problem+json` (RFC 9457)."""

    #: As in the manual of errors and on the command line. For example `PRP-2004`.
    code: str
    detail: str
    #: The address that was asked.
    instance: str
    status: int
    title: str
    #: Where the code is explained. For example `/errors/PRP-2004`.
    type: str
    candidates: list[Candidate] | None = None
    #: How to mend it.
    hint: str | None = None
    rows: list[Row] | None = None


@dataclass(kw_only=True, repr=True)
class Progress(Model):
    """How far it got. `total` is 0 where it is not known beforehand."""

    done: int
    total: int
    what: str


@dataclass(kw_only=True, repr=True)
class Quantity(Model):
    """Quantity."""

    amount: Decimal
    #: g, kg, t, lb, l, m3, m, m2, pcs, pair, dozen, kWh, ct and others of the trade. For example `t`.
    unit: str


@dataclass(kw_only=True, repr=True)
class Question(Model):
    """Question."""

    ask: str
    text: str
    worth: Money | None


@dataclass(kw_only=True, repr=True)
class Quote(Model):
    """A quote."""

    #: Whether it is no longer valid today.
    expired: bool
    id: str
    updated_at: dt.datetime
    version: int
    certificates: list[str] | None = None
    #: For example `CN`.
    country: str | None = None
    #: For example `USD`.
    currency: str | None = None
    goods: str | None = None
    #: For example `850511`.
    hs: str | None = None
    #: For example `FOB`.
    incoterm: str | None = None
    #: For example `28 days`.
    lead_time: str | None = None
    #: For example `500 kg`.
    minimum: str | None = None
    #: How many units the price is for; one when left out.
    per: str | None = None
    #: For example `Ningbo`.
    place: str | None = None
    #: For example `31.50`.
    price: str | None = None
    #: For example `Ningbo Magnets`.
    supplier: str | None = None
    #: For example `kg`.
    unit: str | None = None
    #: Kilograms of one unit, where the price is not by mass.
    unit_weight: str | None = None
    #: For example `2027-06-30`.
    valid_until: str | None = None
    findings: list[Finding] | None = None
    sheet: FromSheet | None = None


@dataclass(kw_only=True, repr=True)
class QuoteChange(Model):
    """Changes of a quote: fields that are there replace those that were; null takes one away."""

    certificates: list[str] | None = None
    #: For example `CN`.
    country: str | None = None
    #: For example `USD`.
    currency: str | None = None
    goods: str | None = None
    #: For example `850511`.
    hs: str | None = None
    #: For example `FOB`.
    incoterm: str | None = None
    #: For example `28 days`.
    lead_time: str | None = None
    #: For example `500 kg`.
    minimum: str | None = None
    #: How many units the price is for; one when left out.
    per: str | None = None
    #: For example `Ningbo`.
    place: str | None = None
    #: For example `31.50`.
    price: str | None = None
    #: For example `Ningbo Magnets`.
    supplier: str | None = None
    #: For example `kg`.
    unit: str | None = None
    #: Kilograms of one unit, where the price is not by mass.
    unit_weight: str | None = None
    #: For example `2027-06-30`.
    valid_until: str | None = None
    #: The version that is changed, when `If-Match` does not say it.
    version: int | None = None


@dataclass(kw_only=True, repr=True)
class QuoteList(Model):
    """QuoteList."""

    items: list[Quote]
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class QuoteSent(Model):
    """What a person says of a quote."""

    certificates: list[str] | None = None
    #: For example `CN`.
    country: str | None = None
    #: For example `USD`.
    currency: str | None = None
    goods: str | None = None
    #: For example `850511`.
    hs: str | None = None
    #: For example `FOB`.
    incoterm: str | None = None
    #: For example `28 days`.
    lead_time: str | None = None
    #: For example `500 kg`.
    minimum: str | None = None
    #: How many units the price is for; one when left out.
    per: str | None = None
    #: For example `Ningbo`.
    place: str | None = None
    #: For example `31.50`.
    price: str | None = None
    #: For example `Ningbo Magnets`.
    supplier: str | None = None
    #: For example `kg`.
    unit: str | None = None
    #: Kilograms of one unit, where the price is not by mass.
    unit_weight: str | None = None
    #: For example `2027-06-30`.
    valid_until: str | None = None


@dataclass(kw_only=True, repr=True)
class QuoteSheet(Model):
    """A sheet of quotes."""

    columns: list[SheetColumn]
    created_at: dt.datetime
    fields: list[SheetField]
    id: str
    name: str
    rows: int
    #: mapping, checked or accepted.
    state: str
    #: By field, the column that is it.
    mapping: dict[str, str] | None = None
    report: SheetReport | None = None


@dataclass(kw_only=True, repr=True)
class QuoteText(Model):
    """A quote in the words in which quotations are written."""

    certificates: list[str] | None = None
    #: For example `CN`.
    country: str | None = None
    #: For example `USD`.
    currency: str | None = None
    goods: str | None = None
    #: For example `850511`.
    hs: str | None = None
    #: For example `FOB`.
    incoterm: str | None = None
    #: For example `28 days`.
    lead_time: str | None = None
    #: For example `500 kg`.
    minimum: str | None = None
    #: How many units the price is for; one when left out.
    per: str | None = None
    #: For example `Ningbo`.
    place: str | None = None
    #: For example `31.50`.
    price: str | None = None
    #: For example `Ningbo Magnets`.
    supplier: str | None = None
    #: For example `kg`.
    unit: str | None = None
    #: Kilograms of one unit, where the price is not by mass.
    unit_weight: str | None = None
    #: For example `2027-06-30`.
    valid_until: str | None = None


@dataclass(kw_only=True, repr=True)
class Relaxation(Model):
    """A smallest change of the need that makes a plan possible."""

    arrives_p50: dt.date | None
    kind: str
    landed: Total | None
    text: str
    need: Need | None = None


@dataclass(kw_only=True, repr=True)
class Rename(Model):
    """A new name."""

    name: str
    version: int | None = None


@dataclass(kw_only=True, repr=True)
class Row(Model):
    """One row, field or place of what was sent that cannot be used."""

    #: Line in the file or in the body, the first being 1; 0 where there are no lines.
    line: int
    text: str
    column: str | None = None


@dataclass(kw_only=True, repr=True)
class RowChange(Model):
    """A row that differs."""

    after: list[str] | None
    before: list[str] | None
    #: added, removed or changed.
    change: str
    key: str
    table: str


@dataclass(kw_only=True, repr=True)
class Scan(Model):
    """A scan: a need in words or as data, and how to go about it."""

    #: Laws, rates and prices in force on this day; today when left out.
    as_of: dt.date | None = None
    #: Whether the answer is kept, so that it has an address.
    keep: bool | None = None
    need: MaybeNeed | None = None
    #: Seed of the shared scenarios; the same seed gives the same answer.
    seed: int | None = None
    settings: MaybeScanSettings | None = None
    #: A sentence; either this or `need`. For example `buy 5 t HS 850511 to Birmingham DAP within 12 weeks in
    #: GBP`.
    text: str | None = None
    #: Whether the organisation's quotes are used beside benchmarks.
    use_quotes: bool | None = None
    what_if: MaybeWhatIf | None = None


@dataclass(kw_only=True, repr=True)
class ScanSettings(Model):
    """How a scan is done. All have defaults."""

    borrowing_percent: float | None = None
    per_origin: int | None = None
    plans_at_most: int | None = None
    scenarios: int | None = None
    scenarios_first: int | None = None
    shortlist: int | None = None
    #: Parts per million.
    shown_within: int | None = None
    third_axis: Literal["exposure", "carbon"] | None = None
    #: Parts per million.
    tolerance_cost: int | None = None
    tolerance_days: float | None = None
    #: Parts per million.
    tolerance_third: int | None = None


@dataclass(kw_only=True, repr=True)
class Sheet(Model):
    """A table: one object for each row."""

    notes: list[str]
    rows: list[dict[str, Any]]
    schema: str


@dataclass(kw_only=True, repr=True)
class SheetAccepted(Model):
    """What became of the rows of a sheet."""

    left_out: int
    stored: int


@dataclass(kw_only=True, repr=True)
class SheetColumn(Model):
    """A column of a sheet."""

    #: The field that it seems to be.
    guess: str | None
    name: str
    #: The first cells that are not empty.
    sample: list[str]


@dataclass(kw_only=True, repr=True)
class SheetField(Model):
    """A field that a column may be."""

    field: str
    needed: bool
    what: str


@dataclass(kw_only=True, repr=True)
class SheetList(Model):
    """SheetList."""

    items: list[QuoteSheet]
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class SheetNote(Model):
    """One thing to say about one row."""

    code: str
    found: str
    #: repair, remark or rejection.
    kind: str
    line: int
    text: str
    column: str | None = None
    hint: str | None = None


@dataclass(kw_only=True, repr=True)
class SheetReport(Model):
    """What stands on a judged sheet of quotes."""

    accepted: int
    duplicate: int
    notes: list[SheetNote]
    rejected: int
    repaired: int
    rows: int
    findings: list[Finding] | None = None
    #: How many more notes there are.
    more: int | None = None


@dataclass(kw_only=True, repr=True)
class Source(Model):
    """Source."""

    publisher: str
    title: str
    vintage: str
    book: str | None = None
    licence: str | None = None


@dataclass(kw_only=True, repr=True)
class Stop(Model):
    """Stop."""

    at: Coordinates
    name: str
    locode: str | None = None


@dataclass(kw_only=True, repr=True)
class Supplier(Model):
    """A supplier: those whose quotes name it."""

    economy: str
    economy_name: str
    #: Quotes that are no longer valid.
    expired: int
    hs: list[str]
    #: When the last quote came.
    last: dt.datetime
    name: str
    quotes: int


@dataclass(kw_only=True, repr=True)
class SupplierEconomies(Model):
    """SupplierEconomies."""

    #: Herfindahl-Hirschman index, 1/n to 1.
    hhi: float | None
    hs: str
    importer: str | None
    items: list[SupplierEconomy]
    source: Source
    total_usd: int
    year: int


@dataclass(kw_only=True, repr=True)
class SupplierEconomy(Model):
    """An economy that supplies the goods."""

    economy: str
    #: A year, since the earliest year in the book.
    growth_percent: float | None
    name: str
    share_percent: float | None
    tonnes: float | None
    usd: int
    usd_per_kg: float | None
    world_share_percent: float | None


@dataclass(kw_only=True, repr=True)
class SupplierList(Model):
    """SupplierList."""

    items: list[Supplier]
    next: str | None
    total: int | None = None


@dataclass(kw_only=True, repr=True)
class TablePage(Model):
    """A page of a table."""

    header: list[str]
    #: Rows, cell by cell, in the order of the header.
    items: list[list[str]]
    next: str | None
    #: Rows that the filter lets through.
    total: int


@dataclass(kw_only=True, repr=True)
class Tariff(Model):
    """Tariff."""

    as_of: dt.date
    hs: str
    importer: str
    items: list[MeasureItem]
    #: Measures of these goods that are in force on other days.
    other_days: int
    source: Source


@dataclass(kw_only=True, repr=True)
class Threshold(Model):
    """The value of one figure at which another plan takes over."""

    change: float
    figure: str
    text: str
    then: str


@dataclass(kw_only=True, repr=True)
class Total(Model):
    """A sum: exactly known, or at least what is known of it."""

    exactly: Money | None = None
    at_least: TotalAtLeast | None = None


@dataclass(kw_only=True, repr=True)
class TotalAtLeast(Model):
    """TotalAtLeast."""

    known: Money
    unknown: list[str]


@dataclass(kw_only=True, repr=True)
class Understood(Model):
    """A part of a sentence and how it was understood."""

    _names: ClassVar[dict[str, str]] = {"as_": "as"}
    as_: str
    text: str


@dataclass(kw_only=True, repr=True)
class Verdict(Model):
    """Verdict."""

    #: How many places differ.
    count: int
    #: Places that differ, as JSON pointers; the first twenty.
    differences: list[str]
    #: SHA-256 of the dossier.
    dossier: str
    plans: int
    #: Whether deciding again gives the same deals to the last digit.
    same: bool


@dataclass(kw_only=True, repr=True)
class Verified(Model):
    """Whether the trail is whole."""

    entries: int
    ok: bool
    first_bad: int | None = None
    why: str | None = None


@dataclass(kw_only=True, repr=True)
class Watch(Model):
    """A watch as it is shown."""

    answer_id: str
    created_at: dt.datetime
    id: str
    plan: str | None
    sentence: str
    state: str
    swept_at: dt.datetime | None
    title: str
    #: Alerts that nobody has seen yet.
    unseen: int
    version: int


@dataclass(kw_only=True, repr=True)
class WatchPatch(Model):
    """A change of a watch."""

    state: str | None = None
    title: str | None = None
    version: int | None = None


@dataclass(kw_only=True, repr=True)
class Way(Model):
    """One way from door to door."""

    days: Band
    distance_km: float
    #: For the mass that was asked about; assumed rates.
    freight_usd: Band
    id: str
    legs: list[WayLeg]
    passages: list[str]
    #: In words.
    way: str


@dataclass(kw_only=True, repr=True)
class WayLeg(Model):
    """WayLeg."""

    _names: ClassVar[dict[str, str]] = {"from_": "from"}
    distance_km: float
    from_: str
    mode: str
    passages: list[str]
    to: str


@dataclass(kw_only=True, repr=True)
class Ways(Model):
    """Ways."""

    _names: ClassVar[dict[str, str]] = {"from_": "from"}
    dropped: list[LeftOut]
    from_: Place
    mass_kg: float
    #: Soonest first.
    options: list[Way]
    shut: list[str]
    to: Place


@dataclass(kw_only=True, repr=True)
class Webhook(Model):
    """An address that is called when something happens."""

    created_at: dt.datetime
    id: str
    kinds: list[str]
    url: str
    #: With which calls are signed; shown once, when the webhook is made.
    secret: str | None = None


@dataclass(kw_only=True, repr=True)
class WhatIf(Model):
    """Changes before deciding, percent; what is changed is assumed."""

    freight_percent: float | None = None
    price_percent: float | None = None


@dataclass(kw_only=True, repr=True)
class WhyNot(Model):
    """WhyNot."""

    asked: str
    items: list[Drop]
    #: Plans that are shown after all.
    shown: list[str]
    #: In words, as the command line says it.
    text: str


@dataclass(kw_only=True, repr=True)
class Wishes(Model):
    """Weights; cost and arrival are 50 when nothing is said."""

    arrival: int | None = None
    carbon: int | None = None
    cash: int | None = None
    cost: int | None = None
    resilience: int | None = None


Basis = Literal["observed", "benchmark", "modelled", "assumed"]

#: ISO 4217.
CurrencyCode = str

#: ISO 3166-1 alpha-2.
EconomyCode = str

Incoterm = Literal["EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"]

#: What can be said of a job.
JobState = Literal["queued", "running", "done", "failed", "cancelled"]

MaybeMode = Literal["sea", "air", "rail", "road"] | None

MaybeMoney = Money | None

MaybeNeed = Need | None

MaybeNeedState = Literal["open", "answered", "dealt", "dropped"] | None

MaybeScanSettings = ScanSettings | None

MaybeWhatIf = WhatIf | None

Mode = Literal["sea", "air", "rail", "road"]

#: What can be said of a watch.
WatchState = Literal["active", "paused"]
