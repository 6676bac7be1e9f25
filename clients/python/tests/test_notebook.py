"""The example notebook runs from its first cell to its last, and holds no outputs."""

import ast
import json
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parent.parent / "examples" / "first_scan.ipynb"


def cells():
    book = json.loads(PATH.read_text(encoding="utf-8"))
    return [it for it in book["cells"] if it["cell_type"] == "code"]


def run(source: str, names: dict):
    """Runs a cell as a notebook does: what its last line says is its value."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, PATH.name, "exec"), names)
    return eval(compile(ast.Expression(last.value), PATH.name, "eval"), names) if last else None


def test_nothing_in_it_was_made_elsewhere():
    assert all(it["outputs"] == [] and it["execution_count"] is None for it in cells())


def test_it_runs(server, monkeypatch, capsys):
    monkeypatch.setenv("PERIPLUS_URL", server.url)
    names: dict = {"__name__": "__main__"}
    values = []
    for cell in cells():
        source = "".join(cell["source"])
        try:
            values.append(run(source, names))
        except Exception as fault:
            pytest.fail(f"this cell fails:\n{source}\n{type(fault).__name__}: {fault}")
    printed = capsys.readouterr().out
    assert names["answer"].plans, "the sample need has plans"
    assert names["watch"].state == "active"
    assert (names["sheet"].report.accepted, names["sheet"].report.rejected) == (1, 1)
    assert names["with_quotes"].document.quotes_used == 1
    assert names["goods"].because.source.title in printed
    assert values[-1] is True, "deciding again gives the same"
