"""The pages run: every block of Python in them, in order, on the files that they show."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT.parent.parent / "docs" / "python.md", ROOT / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda it: it.name)
def test_a_page_runs(page, server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    blocks = list(re.finditer(r"^```(.*)\n([\s\S]*?)^```$", text, re.MULTILINE))
    assert any(it[1] == "python" for it in blocks)
    names: dict = {"__name__": "__main__"}
    for it in blocks:
        line = text[: it.start()].count("\n") + 1
        file = re.search(r"file=(\S+)", it[1])
        if file:
            (tmp_path / file[1]).write_text(it[2], encoding="utf-8")
        elif it[1] == "python":
            # The page says where a reader's server is; the test has its own.
            source = it[2].replace("http://127.0.0.1:8080", server.url)
            try:
                exec(compile("\n" * line + source, str(page), "exec"), names)
            except Exception as fault:
                pytest.fail(f"{page.name}:{line}: {type(fault).__name__}: {fault}\n{it[2]}")
