"""Tables into polars or pandas, whichever is there."""

from __future__ import annotations

import importlib
import io
import os
from collections.abc import Iterable, Mapping
from typing import Any

from ._http import Content
from .problems import MissingBackend, PeriplusError

ARROW_STREAM = "application/vnd.apache.arrow.stream"
ARROW_FILE = "application/vnd.apache.arrow.file"
PARQUET = "application/vnd.apache.parquet"
CSV = "text/csv"
#: The first that the server writes; all but the last know the types of their columns.
ACCEPT = f"{ARROW_STREAM}, {PARQUET};q=0.9, {CSV};q=0.5"

_BACKENDS = ("polars", "pandas")
_ENDINGS = {".arrow": ARROW_FILE, ".ipc": ARROW_FILE, ".feather": ARROW_FILE, ".arrows": ARROW_STREAM,
            ".parquet": PARQUET, ".pq": PARQUET, ".csv": CSV, ".txt": CSV}


def frame(table: Any, backend: str | None = None) -> Any:
    """A table as a polars or pandas data frame.

    `table` is what the client fetched (`client.table(...)`), bytes, the path of an Arrow, Parquet or CSV file, an open file, or rows
    (a list of mappings). `backend` is "polars", "pandas", or None for the first of these that is installed.

    A CSV does not say what its columns hold: they are read as text, so that codes such as HS 010121 keep their zeros. Arrow and Parquet keep
    their types.
    """
    library, name = _library(backend)
    if _is_rows(table):
        return _of_rows(library, name, list(table))
    data, kind = _bytes_of(table)
    if name == "polars":
        return _polars(library, data, kind)
    return _pandas(library, data, kind)


def _library(backend: str | None) -> tuple[Any, str]:
    if backend is not None and backend not in _BACKENDS:
        raise ValueError(f"backend {backend!r} is none of {', '.join(_BACKENDS)}")
    for name in (backend,) if backend else _BACKENDS:
        try:
            return importlib.import_module(name), name
        except ImportError:
            continue
    if backend:
        raise MissingBackend(f"{backend} is not installed\nhint: pip install 'periplus[{backend}]'")
    raise MissingBackend("neither polars nor pandas is installed\nhint: pip install 'periplus[polars]' or 'periplus[pandas]'")


def _is_rows(table: Any) -> bool:
    return isinstance(table, (list, tuple)) and all(isinstance(it, Mapping) for it in table)


def _of_rows(library: Any, name: str, rows: list[Mapping[str, Any]]) -> Any:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    data = {key: [row.get(key) for row in rows] for key in columns}
    # The whole of a column decides its type, not its first rows.
    return library.DataFrame(data, strict=False, infer_schema_length=None) if name == "polars" else library.DataFrame(data)


def _bytes_of(table: Any) -> tuple[bytes, str]:
    if isinstance(table, Content):
        return table.data, _kind(table.data, table.media_type, table.name or "the table")
    if isinstance(table, (bytes, bytearray, memoryview)):
        return bytes(table), _kind(bytes(table), "", "the bytes")
    if hasattr(table, "read"):
        data = table.read()
        return data, _kind(data, "", str(getattr(table, "name", "the file")))
    if isinstance(table, (str, os.PathLike)):
        path = os.fspath(table)
        with open(path, "rb") as file:
            data = file.read()
        return data, _kind(data, _ENDINGS.get(os.path.splitext(str(path))[1].lower(), ""), str(path))
    raise TypeError(f"{type(table).__name__} is no table: a table of the client, bytes, a path, an open file, or a list of rows")


def _kind(data: bytes, said: str, name: str) -> str:
    """What the bytes are; they know better than a name."""
    if data[:4] == b"PAR1":
        return PARQUET
    if data[:6] == b"ARROW1":
        return ARROW_FILE
    if data[:4] == b"\xff\xff\xff\xff":
        return ARROW_STREAM
    if said in (CSV, "text/plain") or (not said and _is_text(data)):
        return CSV
    raise PeriplusError(f"{name} is no Arrow, Parquet or CSV table{f' ({said})' if said else ''}")


def _is_text(data: bytes) -> bool:
    try:
        data[:4096].decode("utf-8", errors="strict" if len(data) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data[:4096] and data.lstrip()[:1] not in (b"{", b"[", b"<")


def _polars(polars: Any, data: bytes, kind: str) -> Any:
    source = io.BytesIO(data)
    if kind == PARQUET:
        return polars.read_parquet(source)
    if kind == ARROW_FILE:
        return polars.read_ipc(source)
    if kind == ARROW_STREAM:
        return polars.read_ipc_stream(source)
    return polars.read_csv(source, infer_schema=False)


def _pandas(pandas: Any, data: bytes, kind: str) -> Any:
    source = io.BytesIO(data)
    if kind == CSV:
        return pandas.read_csv(source, dtype=str, keep_default_na=False, na_values=[""])
    try:
        arrow = importlib.import_module("pyarrow")
    except ImportError:
        raise MissingBackend("pandas reads Arrow and Parquet with pyarrow, which is not installed\n"
                             "hint: pip install 'periplus[pandas]'") from None
    if kind == PARQUET:
        return importlib.import_module("pyarrow.parquet").read_table(source).to_pandas()
    ipc = importlib.import_module("pyarrow.ipc")
    reader = ipc.open_file(source) if kind == ARROW_FILE else ipc.open_stream(arrow.py_buffer(data))
    return reader.read_all().to_pandas()


def rows_of(plans: Iterable[Any]) -> list[dict[str, Any]]:
    """One row for each plan: what a list of plans shows, money as decimals."""
    return [_row(plan) for plan in plans]


def _row(plan: Any) -> dict[str, Any]:
    landed = plan.landed.exactly or plan.landed.at_least.known
    low, high = plan.cost_range or (None, None)
    kg = plan.carbon.transport_kg
    return {
        "rank": plan.rank,
        "plan": plan.id,
        "origin": plan.origin,
        "destination": plan.destination,
        "supplier": plan.labels.get("supplier"),
        "way": plan.labels.get("way"),
        "incoterm": plan.incoterm,
        "payment": plan.labels.get("payment"),
        "landed": landed.amount,
        "currency": landed.currency,
        "exact": plan.landed.exactly is not None,
        "expected": plan.expected.amount if plan.expected else None,
        "landed_p10": low.amount if low else None,
        "landed_p90": high.amount if high else None,
        "arrival_p10": plan.arrival.p10,
        "arrival_p50": plan.arrival.p50,
        "arrival_p90": plan.arrival.p90,
        "on_time_percent": plan.arrival.on_time_percent,
        "transport_co2e_kg": kg,
        "first_percent": plan.first_percent,
        "barriers": sum(it.severity == "barrier" for it in plan.findings),
    }
