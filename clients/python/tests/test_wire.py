"""JSON to values and back."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

import pytest
from periplus._wire import Model, Unreadable, decode, encode


@dataclass(kw_only=True)
class Part(Model):
    amount: Decimal
    note: str | None = None


@dataclass(kw_only=True)
class Whole(Model):
    _names: ClassVar[dict[str, str]] = {"from_": "from"}
    from_: str
    at: dt.datetime | None = None
    day: dt.date | None = None
    parts: list[Part] | None = None
    by_name: dict[str, Part] | None = None
    kind: Literal["a", "b"] | None = None
    share: float | None = None


@pytest.mark.parametrize(
    ("kind", "value", "expect"),
    [
        (Decimal, "31.50", Decimal("31.50")),
        (Decimal, "0.1", Decimal("0.1")),
        (dt.date, "2027-02-14", dt.date(2027, 2, 14)),
        (dt.datetime, "2026-11-22T10:00:00Z", dt.datetime(2026, 11, 22, 10, tzinfo=dt.timezone.utc)),
        (dt.datetime, "2026-11-22T10:00:00.5Z", dt.datetime(2026, 11, 22, 10, 0, 0, 500_000, tzinfo=dt.timezone.utc)),
        (dt.datetime, "2026-11-22T10:00:00.123456789Z", dt.datetime(2026, 11, 22, 10, 0, 0, 123_456, tzinfo=dt.timezone.utc)),
        (float, 3, 3.0),
        (int, 3, 3),
        (str | None, None, None),
        (list[int], [1, 2], [1, 2]),
        (Literal["a"], "a word of a newer server", "a word of a newer server"),
    ],
)
def test_reads(kind, value, expect):
    found = decode(kind, value)
    assert found == expect
    assert type(found) is type(expect)


@pytest.mark.parametrize(
    ("kind", "value", "place"),
    [
        (Decimal, 31.5, "float"),
        (Decimal, "a lot", "a lot"),
        (dt.date, "2027-02-30", "2027-02-30"),
        (int, True, "bool"),
        (int, "3", "str"),
        (Whole, {"at": None}, "'from'"),
        (Whole, {"from": "x", "parts": [{"amount": "1"}, {"amount": None}]}, "/parts/1/amount"),
        (Whole, [], "list"),
    ],
)
def test_says_where_it_cannot_read(kind, value, place):
    with pytest.raises(Unreadable, match=place):
        decode(kind, value)


def test_what_is_not_known_and_what_is_null_come_back():
    sent = {"from": "x", "new": {"of": ["a", "newer", "server"]}, "at": None, "parts": [{"amount": "1.10", "more": 1}]}
    assert encode(decode(Whole, sent)) == sent


def test_a_changed_field_is_sent_and_an_emptied_one_is_not():
    whole = decode(Whole, {"from": "x", "day": "2027-01-01", "share": 2.0})
    whole.day = dt.date(2027, 2, 1)
    whole.share = None
    assert encode(whole) == {"from": "x", "day": "2027-02-01"}


def test_amounts_are_never_written_in_powers_of_ten():
    assert encode([Decimal("1E+3"), Decimal("0.00000001")]) == ["1000", "0.00000001"]


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        encode(dt.datetime(2027, 1, 1))
    zone = dt.timezone(dt.timedelta(hours=8))
    assert encode(dt.datetime(2027, 1, 1, 8, tzinfo=zone)) == "2027-01-01T00:00:00Z"
