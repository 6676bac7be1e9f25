"""JSON to typed values and back.

Models are dataclasses whose annotations say all: `decode` follows them, `encode` goes the other way. What a newer server says
beside what we know is kept in `raw`, and sent back unchanged.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import types
import typing
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar


M = typing.TypeVar("M", bound="Model")


class Unreadable(ValueError):
    """What came is not what the description of the API says."""


@dataclasses.dataclass(kw_only=True)
class Model:
    """An object of the API. `raw` is the JSON that it was read from."""

    # Names in JSON of fields whose names Python keeps for itself or cannot spell.
    _names: ClassVar[dict[str, str]] = {}
    raw: dict[str, Any] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls: type[M], value: Any) -> M:
        """Reads an object; raises `Unreadable` where it is not one."""
        return decode(cls, value)

    def to_json(self) -> dict[str, Any]:
        """The object as JSON values, as they are sent."""
        return encode(self)


@functools.cache
def _fields(cls: Any) -> tuple[tuple[str, str, Any, bool], ...]:
    """Name, name in JSON, type and whether it may be left out, of each field."""
    hints = typing.get_type_hints(cls)
    names = getattr(cls, "_names", {})
    return tuple(
        (it.name, names.get(it.name, it.name), hints[it.name], it.default is not dataclasses.MISSING)
        for it in dataclasses.fields(cls)
        if it.name != "raw"
    )


def decode(kind: Any, value: Any, at: str = "") -> Any:
    """Reads a JSON value as `kind`."""
    if kind is Any or kind is object:
        return value
    if isinstance(kind, type) and issubclass(kind, Model):
        return _model(kind, value, at)
    origin = typing.get_origin(kind)
    if origin is typing.Union or origin is types.UnionType:
        return _union(kind, value, at)
    if origin is list:
        (item,) = typing.get_args(kind)
        return [decode(item, it, f"{at}/{i}") for i, it in enumerate(_want(value, list, at))]
    if origin is dict:
        _, item = typing.get_args(kind)
        return {key: decode(item, it, f"{at}/{key}") for key, it in _want(value, dict, at).items()}
    if origin is typing.Literal:
        # A word that came with a newer server is handed on as it is.
        return value
    return _plain(kind, value, at)


def _model(kind: type, value: Any, at: str) -> Any:
    _want(value, dict, at)
    found = {}
    for name, key, hint, optional in _fields(kind):
        if key in value:
            found[name] = decode(hint, value[key], f"{at}/{key}")
        elif not optional:
            raise Unreadable(f"{kind.__name__} at {at or '/'} lacks {key!r}")
    return kind(**found, raw=value)


def _union(kind: Any, value: Any, at: str) -> Any:
    options = typing.get_args(kind)
    if value is None and type(None) in options:
        return None
    faults = []
    for option in options:
        if option is type(None):
            continue
        try:
            return decode(option, value, at)
        except Unreadable as fault:
            faults.append(str(fault))
    raise Unreadable("; or ".join(faults) or f"null at {at or '/'}")


def _plain(kind: Any, value: Any, at: str) -> Any:
    read = _FROM_TEXT.get(kind)
    if read is not None:
        text = _want(value, str, at)
        try:
            return read(text)
        except (ValueError, InvalidOperation) as fault:
            raise Unreadable(f"{text!r} at {at or '/'} is no {kind.__name__}") from fault
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return _want(value, kind, at)


def _want(value: Any, kind: type, at: str) -> Any:
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    raise Unreadable(f"{type(value).__name__} at {at or '/'} where {kind.__name__} was expected")


def _utc(text: str) -> str:
    """As Python 3.10 reads it: no `Z`, and three or six digits of a second."""
    text = text[:-1] + "+00:00" if text.endswith(("Z", "z")) else text
    head, point, tail = text.partition(".")
    if not point:
        return text
    digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    return f"{head}.{digits[:6]:0<6}{tail[len(digits):]}"


_FROM_TEXT: dict[Any, typing.Callable[[str], Any]] = {
    Decimal: Decimal,
    dt.datetime: lambda text: dt.datetime.fromisoformat(_utc(text)),
    dt.date: dt.date.fromisoformat,
}


def encode(value: Any) -> Any:
    """A value as JSON takes it. Fields of a model that are `None` are left out, unless they came as null."""
    if isinstance(value, Model):
        return _encode_model(value)
    if isinstance(value, Mapping):
        return {key: encode(it) for key, it in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [encode(it) for it in value]
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(dt.timezone.utc).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        # Never in powers of ten: 1E+3 is no amount.
        return format(value, "f")
    return value


def _encode_model(model: Model) -> dict[str, Any]:
    kind: Any = type(model)
    known = {key for _, key, _, _ in _fields(kind)}
    out = {key: it for key, it in model.raw.items() if key not in known}
    for name, key, _, _ in _fields(kind):
        value = getattr(model, name)
        if value is not None or (key in model.raw and model.raw[key] is None):
            out[key] = encode(value)
    return out
