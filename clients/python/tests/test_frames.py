"""What is no table, and what is not installed, is said."""

import sys

import periplus
import pytest


def test_rows_become_a_frame_with_gaps():
    rows = [{"a": 1}, {"a": 2, "b": "x"}]
    for backend in ("polars", "pandas"):
        frame = periplus.frame(rows, backend)
        assert list(frame.columns) == ["a", "b"] and len(frame) == 2


@pytest.mark.parametrize(("data", "word"), [(b'{"a": 1}', "no Arrow"), (b"\x00\x01\x02", "no Arrow"), (b"<html>", "no Arrow")])
def test_what_is_no_table(data, word):
    with pytest.raises(periplus.PeriplusError, match=word):
        periplus.frame(data)


def test_kinds_of_things_that_cannot_be_tables():
    with pytest.raises(TypeError, match="int is no table"):
        periplus.frame(3)
    with pytest.raises(ValueError, match="none of polars, pandas"):
        periplus.frame([], "spark")


def test_without_either_backend(monkeypatch):
    for name in ("polars", "pandas"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(periplus.MissingBackend, match="pip install 'periplus"):
        periplus.frame([{"a": 1}])


def test_pandas_without_pyarrow(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert list(periplus.frame(b"a,b\n1,2\n", "pandas")["a"]) == ["1"]
    with pytest.raises(periplus.MissingBackend, match="pyarrow"):
        periplus.frame(b"PAR1....PAR1", "pandas")


def test_text_in_all_languages(tmp_path):
    path = tmp_path / "价格.csv"
    path.write_text("名,价\n磁铁,31.50\n", encoding="utf-8")
    for backend in ("polars", "pandas"):
        assert list(periplus.frame(path, backend)["名"]) == ["磁铁"]
