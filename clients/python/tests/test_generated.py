"""The committed client is what the server says of itself."""

import subprocess
import sys
from pathlib import Path

import periplus
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
import generate  # noqa: E402


def test_the_client_is_up_to_date(server):
    done = subprocess.run(
        [sys.executable, str(ROOT / "generate.py"), "--check", "--from", server.url], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_check_fails_when_it_is_not(server, tmp_path):
    command = [sys.executable, str(ROOT / "generate.py"), "--from", server.url, "--out", str(tmp_path)]
    assert subprocess.run([*command, "--check"], capture_output=True, check=False).returncode == 1
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert subprocess.run([*command, "--check"], capture_output=True, check=False).returncode == 0
    path = tmp_path / "api.py"
    path.write_text(path.read_text().replace("def make_scan", "def make_scans"))
    done = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "make_scans" in done.stdout


def test_the_same_description_gives_the_same_bytes(document):
    def backwards(value):
        if isinstance(value, dict):
            return {key: backwards(it) for key, it in reversed(value.items())}
        return value

    # Order in the description carries no meaning but for the fields of an object.
    once = generate.files_of(document)
    assert once == generate.files_of(document)
    turned = {**document, "paths": backwards({key: None for key in document["paths"]}) and dict(reversed(document["paths"].items()))}
    assert once == generate.files_of(turned)


def test_every_operation_is_a_method_of_both(document):
    models = generate.Models(document)
    found = generate.operations(document, models)
    assert len(found) == sum(len(set(it) & {"get", "post", "put", "patch", "delete"}) for it in document["paths"].values())
    with periplus.connect("http://radar.example") as client:
        missing = [it.name for it in found if it.callable and not hasattr(client.api, it.name)]
        missing += [it.name for it in found if it.callable and not hasattr(periplus.AsyncClient().api, it.name)]
    assert not missing


DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "paths": {
        "/a/{id}": {
            "get": {
                "operationId": "list_a", "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "from", "in": "query", "schema": {"type": "string", "format": "date"}},
                    {"name": "cursor", "in": "query", "schema": {"type": "string"}},
                    {"name": "lang", "in": "query", "schema": {"type": "string"}}],
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}},
                                                                     "text/csv": {"schema": {"type": "string"}}}}},
            },
            "post": {"operationId": "add_a", "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                                                            {"name": "X-File-Name", "in": "header", "required": True, "schema": {"type": "string"}}],
                     "requestBody": {"content": {"application/octet-stream": {}}},
                     "responses": {"204": {"description": ""}}},
        },
    },
    "components": {"schemas": {
        "Decimal": {"type": "string"},
        "Kind": {"type": "string", "enum": ["x", "y"]},
        "Page": {"type": "object", "required": ["items", "next"], "properties": {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}, "next": {"type": ["string", "null"]}}},
        "Item": {"oneOf": [
            {"type": "object", "required": ["kind", "in"], "properties": {"kind": {"const": "one"}, "in": {"$ref": "#/components/schemas/Decimal"}}},
            {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "two"}, "at": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Kind"}]}}}]},
    }},
}


@pytest.mark.parametrize("line", [
    "    def list_a(self, id: str, *, from_: dt.date | None = None, cursor: str | None = None) -> models.Page:",
    "    def iter_a(self, id: str, *, from_: dt.date | None = None) -> Iterator[models.Item]:",
    "    def add_a(self, id: str, body: bytes, *, file_name: str) -> None:",
    '    def list_a_as(',
    '        return self._pages(lambda cursor: self.list_a(id, from_=from_, cursor=cursor))',
])
def test_methods_of_a_small_description(line):
    assert line in generate.files_of(DOCUMENT)["api.py"].splitlines()


@pytest.mark.parametrize("line", [
    'Kind = Literal["x", "y"]',
    '    kind: Literal["one", "two"]',
    "    in_: Decimal | None = None",
    "    at: Kind | None = None",
    "    next: str | None",
    '    _names: ClassVar[dict[str, str]] = {"in_": "in"}',
])
def test_models_of_a_small_description(line):
    assert line in generate.files_of(DOCUMENT)["models.py"].splitlines()


def test_two_operations_of_one_name_are_refused():
    paths = {**DOCUMENT["paths"], "/b": {"get": {"operationId": "list_a", "responses": {}}}}
    with pytest.raises(SystemExit, match="list_a"):
        generate.files_of({**DOCUMENT, "paths": paths})
