"""The API keeps what its description promises: schemathesis, and what it cannot ask.

SCHEMATHESIS_EXAMPLES (15), SCHEMATHESIS_SEED (1) and SCHEMATHESIS_PHASES widen the search; `schemathesis.toml` says which checks there are and
why one is not.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import periplus
import pytest

ROOT = Path(__file__).resolve().parent.parent
ADMIN = {"name": "Contract", "email": "contract@example.com", "role": "admin", "password": "a long enough phrase, for tests"}
pytestmark = pytest.mark.contract


class Guarded:
    """A server at which one must sign in, and a key to it."""

    def __init__(self, url: str, key: str):
        self.url, self.key = url, key


@pytest.fixture(scope="module")
def guarded(another_server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A server of its own: what is tried here would disturb the other tests."""
    with another_server(tmp_path_factory.mktemp("guarded")) as server, periplus.connect(server.url) as client:
        # The first who gets a password ends the time in which this machine alone was trusted.
        client.api.add_person(ADMIN)
        client.sign_in(ADMIN["email"], ADMIN["password"])
        made = client.api.add_api_key({"name": "contract", "role": "admin"})
        answer = client.scan("buy 5 t HS 850511 to Birmingham DAP within 12 weeks in GBP")
        answer.watch(title="for the contract")
        yield Guarded(server.url, made.secret)


def test_schemathesis_finds_no_failure(guarded: Guarded, document: dict, tmp_path: Path):
    report = tmp_path / "report.xml"
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(ROOT / "schemathesis.toml"),
        "run", f"{guarded.url}/api/openapi.json", "--header", f"Authorization: Bearer {guarded.key}",
        "--report", "junit", "--report-junit-path", str(report),
        "--max-examples", os.environ.get("SCHEMATHESIS_EXAMPLES", "15"), "--seed", os.environ.get("SCHEMATHESIS_SEED", "1"),
        "--phases", os.environ.get("SCHEMATHESIS_PHASES", "examples,coverage,fuzzing,stateful"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path)}, check=False)
    print(done.stdout)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    count = sum(len(set(it) & {"get", "post", "put", "patch", "delete"}) for it in document["paths"].values())
    assert re.search(rf"Operations: +{count} selected / {count} total", done.stdout), "every operation is tried"
    # Whatever was tried, it neither shut us out nor damaged what is kept.
    with periplus.connect(guarded.url, guarded.key) as client:
        assert client.api.get_me().role == "admin", "the key is still good: what was found, was found with it"
        assert client.api.verify_audit().ok


def operations(document: dict) -> Iterator[tuple[str, str, dict]]:
    for path, item in document["paths"].items():
        for method, said in item.items():
            if method in ("get", "post", "put", "patch", "delete"):
                yield method.upper(), path, said


def test_every_reference_leads_somewhere(document: dict):
    known = {f"#/components/{kind}/{name}" for kind, all_ in document["components"].items() for name in all_}
    used = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(document)))
    assert not used - known


def test_operations_have_names_of_their_own(document: dict):
    names = [said.get("operationId", "") for _, _, said in operations(document)]
    assert len(names) == len(set(names)), sorted({it for it in names if names.count(it) > 1})
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", it) for it in names)


#: What anybody may ask: to sign in, who one is, and what a code means.
OPEN = {
    "GET /api/v1/me", "POST /api/v1/session", "GET /api/v1/oidc/login", "GET /api/v1/oidc/callback", "GET /api/v1/explain",
    "GET /api/v1/explain/{code}",
}


def refused(url: str, method: str, path: str, said: dict, authorization: str | None) -> str | None:
    """What is wrong with the refusal of somebody unknown; None when it is as it should be."""
    address = re.sub(r"\{\w+\}", "00000000-0000-7000-8000-000000000000", path)
    body = {"json": {}} if "requestBody" in said else {}
    headers = {"authorization": authorization} if authorization else {}
    answer = httpx.request(method, url + address, headers=headers, **body)
    while answer.status_code == 429:
        time.sleep(float(answer.headers["retry-after"]))
        answer = httpx.request(method, url + address, headers=headers, **body)
    good = answer.status_code == 401 and answer.headers["content-type"] == "application/problem+json" and answer.json()["code"].startswith("PRP-")
    return None if good else f"{method} {path}: {answer.status_code}"


def test_nothing_is_told_or_done_without_a_key(guarded: Guarded, document: dict):
    """The check `ignored_auth`, for all operations: the description allows none, for a server on one's own machine asks for none."""
    closed = [it for it in operations(document) if f"{it[0]} {it[1]}" not in OPEN]
    assert len(closed) > 60
    wrong = [refused(guarded.url, *it, None) for it in closed]
    assert not any(wrong), "\n".join(filter(None, wrong))


@pytest.mark.parametrize("authorization", ["Bearer ppk_0000000000000000000000000000000000000000000", "Basic YTpi", "Bearer"])
def test_a_wrong_key_is_no_key(guarded: Guarded, document: dict, authorization: str):
    first = {method: (method, path, said) for method, path, said in operations(document) if f"{method} {path}" not in OPEN}
    wrong = [refused(guarded.url, *it, authorization) for it in first.values()]
    assert not any(wrong), "\n".join(filter(None, wrong))


def test_what_is_open_is_open_on_purpose(guarded: Guarded, document: dict):
    described = {f"{method} {path}" for method, path, _ in operations(document)}
    assert OPEN & described >= {"GET /api/v1/me", "POST /api/v1/session"}
    assert httpx.get(f"{guarded.url}/api/v1/me").json().get("person") is None


def test_every_problem_has_the_shape_of_a_problem(guarded: Guarded):
    for path, status in [("/api/v1/answers/none", 404), ("/api/v1/answers?limit=0", 400), ("/api/v1/nothing", 404)]:
        answer = httpx.get(guarded.url + path, headers={"authorization": f"Bearer {guarded.key}"})
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert {"type", "title", "status", "detail", "code", "instance"} <= set(body)
        assert body["type"] == f"/errors/{body['code']}"
        assert httpx.get(guarded.url + body["type"]).status_code == 200, "the type leads to its explanation"
