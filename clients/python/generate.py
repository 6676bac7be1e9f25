#!/usr/bin/env python3
"""Writes models.py, api.py and aio.py of the client from the OpenAPI description of the server.

    python generate.py                        # asks the binary: $PERIPLUS, else `periplus` on the path
    python generate.py --from URL-or-FILE     # a running server, or a saved description
    python generate.py --check                # writes nothing; exit code 1 and a difference when the files are not up to date

The same description gives the same bytes. Only the standard library is used.
"""

from __future__ import annotations

import argparse
import difflib
import json
import keyword
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE / "src" / "periplus"
WIDTH = 110
#: Set by the transport for every request, so that no method asks for them.
ALWAYS = {"lang", "x-periplus-csrf", "idempotency-key", "accept", "if-none-match", "last-event-id"}
#: Amounts travel as text, so that nothing is rounded on the way.
DECIMAL = "Decimal"
JSON = "application/json"
HEADER = '"""{what}\n\nWritten by generate.py from the description of the API ({title} {version}): do not edit.\n"""\n'


# ---------------------------------------------------------------- names


def words_of(name: str) -> list[str]:
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", re.sub(r"[^A-Za-z0-9]+", " ", name))
    return spaced.split()


def class_name(name: str) -> str:
    return "".join(it[0].upper() + it[1:] for it in words_of(name))


def python_name(name: str) -> str:
    name = "_".join(words_of(name)).lower() or "value"
    if name[0].isdigit():
        name = f"n{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in RESERVED else name


#: Fields of every model, and names that a model's body needs for itself.
RESERVED = {"raw", "self", "dt", "from_json", "to_json"}


def literal(values: list) -> str:
    return "Literal[" + ", ".join(json.dumps(it, ensure_ascii=False) if isinstance(it, str) else repr(it) for it in values) + "]"


def doc(text: str, indent: str) -> list[str]:
    """A docstring, as lines."""
    text = clean(text)
    if not text:
        return []
    if "\n" not in text and len(text) + len(indent) + 6 <= WIDTH:
        return [f'{indent}"""{text}"""']
    return [f'{indent}"""{text.splitlines()[0]}', *body_lines(text.splitlines()[1:], indent), f'{indent}"""']


def body_lines(lines: list[str], indent: str) -> list[str]:
    return [f"{indent}{it}".rstrip() for it in lines]


def clean(text: str | None) -> str:
    """Text that can stand between three quotes, folded."""
    text = (text or "").replace("\\", "\\\\").replace('"""', "'''").strip()
    parts = [" ".join(it.split()) for it in text.split("\n\n")]
    folded = [textwrap.fill(it, WIDTH - 8, break_long_words=False, break_on_hyphens=False) for it in parts if it]
    text = "\n\n".join(folded)
    return f"{text} " if text.endswith('"') else text


def remark(text: str | None, indent: str) -> list[str]:
    text = " ".join((text or "").split())
    if not text:
        return []
    return [f"{indent}#: {it}" for it in textwrap.wrap(text, WIDTH - 8, break_long_words=False, break_on_hyphens=False)]


# ---------------------------------------------------------------- models


class Models:
    """All types of the description, in the order of their names."""

    def __init__(self, document: dict):
        self.document = document
        self.schemas: dict[str, dict] = document.get("components", {}).get("schemas", {})
        self.classes: dict[str, list[str]] = {}
        self.aliases: dict[str, tuple[str, str]] = {}
        for name in sorted(self.schemas):
            self.named(name)

    def resolve(self, schema: dict) -> dict:
        while "$ref" in schema:
            at: object = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                at = at[part.replace("~1", "/").replace("~0", "~")]  # type: ignore[index]
            schema = at  # type: ignore[assignment]
        return schema

    def named(self, name: str) -> None:
        schema = self.schemas[name]
        if name == DECIMAL:
            return
        target = class_name(name)
        properties = self.properties(schema)
        if properties is not None:
            self.add_class(target, schema, *properties)
            return
        self.aliases[target] = (self.kind(schema, target), schema.get("description", ""))

    def properties(self, schema: dict) -> tuple[dict, set] | None:
        """Properties and the required among them, of what becomes a class; None for what does not."""
        schema = self.resolve(schema)
        if "allOf" in schema:
            return self.joined(schema)
        variants = schema.get("oneOf") or schema.get("anyOf")
        if variants:
            return self.merged(variants)
        kinds = schema.get("type")
        if "properties" in schema and (kinds is None or kinds == "object"):
            return schema["properties"], set(schema.get("required", []))
        return None

    def joined(self, schema: dict) -> tuple[dict, set] | None:
        """allOf: everything that any of the parts says."""
        parts = [self.properties(it) for it in schema["allOf"]]
        if "properties" in schema:
            parts.append((schema["properties"], set(schema.get("required", []))))
        if any(it is None for it in parts):
            return None
        properties: dict = {}
        required: set = set()
        for part in parts:
            properties.update(part[0])  # type: ignore[index]
            required |= part[1]  # type: ignore[index]
        return properties, required

    def merged(self, variants: list[dict]) -> tuple[dict, set] | None:
        """One of several objects becomes one class: what all have is required, the rest may be missing."""
        if any(self.is_null(it) for it in variants):
            return None
        parts = [self.properties(it) for it in variants]
        if any(it is None for it in parts):
            return None
        properties: dict[str, dict] = {}
        for known, _ in parts:  # type: ignore[misc]
            for key, schema in known.items():
                before = properties.get(key)
                properties[key] = schema if before is None or before == schema else self.either(before, schema)
        required = set.intersection(*(it[1] for it in parts))  # type: ignore[index]
        return properties, required

    def either(self, one: dict, other: dict) -> dict:
        words = [self.words(one), self.words(other)]
        if all(it is not None for it in words):
            return {"type": "string", "enum": list(dict.fromkeys(words[0] + words[1]))}  # type: ignore[operator]
        return {"oneOf": [*(one.get("oneOf") or [one]), other]}

    def words(self, schema: dict) -> list | None:
        if "const" in schema:
            return [schema["const"]]
        return schema.get("enum")

    @staticmethod
    def is_null(schema: dict) -> bool:
        return schema.get("type") == "null"

    def add_class(self, name: str, schema: dict, properties: dict, required: set) -> None:
        if name in self.classes:
            return
        self.classes[name] = []
        lines = ["@dataclass(kw_only=True, repr=True)", f"class {name}(Model):"]
        lines += doc(self.resolve(schema).get("description") or f"{name}.", "    ") + [""]
        renamed = {python_name(it): it for it in properties if python_name(it) != it}
        if renamed:
            lines += [f"    _names: ClassVar[dict[str, str]] = {json.dumps(renamed, sort_keys=True)}"]
        for key in sorted(properties, key=lambda it: (it not in required, list(properties).index(it))):
            kind = self.kind(properties[key], name + class_name(key))
            lines += remark(self.described(properties[key]), "    ")
            if key in required:
                lines.append(f"    {python_name(key)}: {kind}")
            else:
                optional = kind if kind.endswith("| None") or kind == "Any" else f"{kind} | None"
                lines.append(f"    {python_name(key)}: {optional} = None")
        self.classes[name] = lines

    @staticmethod
    def described(schema: dict) -> str:
        text = schema.get("description", "")
        example = schema.get("example", (schema.get("examples") or [None])[0])
        if isinstance(example, (str, int, float)) and not isinstance(example, bool):
            text = f"{text} For example `{example}`." if text else f"For example `{example}`."
        return text

    def kind(self, schema: dict | bool, name: str) -> str:
        """The Python type of a schema. Objects without a name of their own are called after where they stand."""
        if isinstance(schema, bool) or not schema:
            return "Any"
        if "$ref" in schema:
            target = schema["$ref"].rsplit("/", 1)[-1]
            if target not in self.schemas:
                print(f"warning: {schema['$ref']} leads nowhere", file=sys.stderr)
                return "Any"
            return DECIMAL if target == DECIMAL else class_name(target)
        if "enum" in schema or "const" in schema:
            values = self.words(schema) or []
            kind = literal([it for it in values if it is not None])
            return f"{kind} | None" if None in values else kind
        variants = schema.get("oneOf") or schema.get("anyOf") or (schema.get("allOf") if "properties" not in schema else None)
        if variants:
            return self.variants(variants, name, schema)
        kinds = schema.get("type")
        if isinstance(kinds, list):
            parts = [self.plain({**schema, "type": it}, name) for it in kinds if it != "null"]
            joined = " | ".join(dict.fromkeys(parts)) or "Any"
            return f"{joined} | None" if "null" in kinds and joined != "Any" else joined
        return self.plain(schema, name)

    def variants(self, variants: list[dict], name: str, schema: dict) -> str:
        solid = [it for it in variants if not self.is_null(it)]
        null = len(solid) < len(variants)
        if len(solid) == 1:
            kind = self.kind(solid[0], name)
        elif "allOf" in schema:
            whole = self.joined(schema)
            kind = self.inline(name, schema, whole) if whole else "Any"
        else:
            whole = None if all("$ref" in it for it in solid) else self.merged(solid)
            kind = self.inline(name, schema, whole) if whole else self.union(solid, name)
        return f"{kind} | None" if null and kind != "Any" and not kind.endswith("| None") else kind

    def inline(self, name: str, schema: dict, whole: tuple[dict, set]) -> str:
        self.add_class(name, schema, *whole)
        return name

    def union(self, variants: list[dict], name: str) -> str:
        kinds = [self.kind(it, f"{name}{index or ''}") for index, it in enumerate(variants)]
        flat = list(dict.fromkeys(kinds))
        return "Any" if "Any" in flat else " | ".join(flat)

    def plain(self, schema: dict, name: str) -> str:
        kind = schema.get("type")
        if kind == "string":
            return {"date": "dt.date", "date-time": "dt.datetime", "binary": "bytes"}.get(schema.get("format", ""), "str")
        if kind in ("integer", "number", "boolean"):
            return {"integer": "int", "number": "float", "boolean": "bool"}[kind]
        if kind == "array":
            items = schema.get("items")
            return f"list[{self.kind(items, name + 'Item') if items else 'Any'}]"
        if kind == "object" or "properties" in schema:
            if schema.get("properties"):
                return self.inline(name, schema, (schema["properties"], set(schema.get("required", []))))
            more = schema.get("additionalProperties")
            return f"dict[str, {self.kind(more, name + 'Value') if isinstance(more, dict) else 'Any'}]"
        return "Any"

    def text(self, info: dict) -> str:
        lines = [HEADER.format(what="Objects of the API.", **info)]
        lines += ["from __future__ import annotations", "", "import datetime as dt", "from dataclasses import dataclass"]
        lines += ["from decimal import Decimal", "from typing import Any, ClassVar, Literal", "", "from ._wire import Model", ""]
        lines += [f"__all__ = {json.dumps(sorted([*self.classes, *self.aliases]), indent=4)[:-2]},\n]", ""]
        for name in sorted(self.classes):
            lines += ["", *self.classes[name], ""]
        # An alias is read when the module is, so that what it names comes before it.
        left = dict(sorted(self.aliases.items()))
        while left:
            ready = [it for it, (kind, _) in left.items() if not set(re.findall(r"\w+", kind)) & (set(left) - {it})]
            if not ready:
                raise SystemExit(f"aliases in a circle: {sorted(left)}")
            for name in ready:
                kind, text = left.pop(name)
                lines += ["", *remark(text, ""), f"{name} = {kind}"]
        return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines).rstrip() + "\n")


# ---------------------------------------------------------------- operations


class Operation:
    """One method of the client."""

    def __init__(self, models: Models, path: str, method: str, said: dict, shared: list):
        self.models, self.path, self.method, self.said = models, path, method.upper(), said
        self.name = python_name(said.get("operationId") or f"{method} {path}")
        self.tag = (said.get("tags") or [""])[0]
        self.parameters = [models.resolve(it) for it in [*shared, *said.get("parameters", [])]]
        self.body = self.body_kind()
        self.answers = self.answer_kinds()

    def own(self, place: str) -> list[dict]:
        found = [it for it in self.parameters if it["in"] == place]
        return [it for it in found if place == "path" or it["name"].lower() not in ALWAYS]

    def body_kind(self) -> str | None:
        body = self.models.resolve(self.said.get("requestBody") or {}).get("content")
        if not body:
            return None
        if JSON not in body:
            return "bytes"
        kind = self.kind(body[JSON].get("schema", {}), class_name(self.name) + "Body")
        return f"{kind} | Mapping[str, Any]" if kind != "Any" else "Mapping[str, Any]"

    def kind(self, schema: dict, name: str) -> str:
        known = set(self.models.classes) | set(self.models.aliases)
        kind = self.models.kind(schema, name)
        known |= set(self.models.classes)
        return re.sub(r"(?<![\w.\"'])\w+", lambda it: f"models.{it[0]}" if it[0] in known else it[0], kind)

    def answer_kinds(self) -> dict[str, dict[str, str]]:
        """By status, then by media type."""
        found: dict[str, dict[str, str]] = {}
        for status, response in sorted(self.said.get("responses", {}).items()):
            if not status.startswith("2"):
                continue
            content = self.models.resolve(response).get("content") or {}
            found[status] = {
                media: self.kind(it.get("schema", {}), f"{class_name(self.name)}Answer") if "json" in media else "Content"
                for media, it in content.items()
            }
        return found

    @property
    def callable(self) -> bool:
        """Streams are read by events.py, and what only sends a browser on is for browsers."""
        return bool(self.answers) and not any("text/event-stream" in it for it in self.answers.values())

    @property
    def media(self) -> list[str]:
        return [it for kinds in self.answers.values() for it in kinds]

    def json_kinds(self) -> dict[str, str]:
        return {status: kinds.get(JSON, "None") for status, kinds in self.answers.items() if JSON in kinds or not kinds}

    def item(self) -> str | None:
        """The type of the items, of an operation that answers with pages."""
        if not any(it["name"] == "cursor" for it in self.own("query")):
            return None
        page = (self.said["responses"].get("200") or {}).get("content", {}).get(JSON, {}).get("schema", {})
        properties = (self.models.properties(page) or ({}, set()))[0]
        items = self.models.resolve(properties.get("items", {}))
        if "next" not in properties or items.get("type") != "array":
            return None
        return self.kind(items["items"], class_name(self.name) + "Item")

    def arguments(self, without: set[str]) -> tuple[list[str], list[tuple[str, str, str]]]:
        """Arguments as they are declared, and (place, name in HTTP, name in Python) of those that are not the body."""
        parts, names, taken = ["self"], [], set()
        for it in self.own("path"):
            name = python_name(it["name"])
            parts.append(f"{name}: {self.kind(it.get('schema', {}), class_name(name))}")
            names.append(("path", it["name"], name))
            taken.add(name)
        if self.body:
            parts.append(f"body: {self.body}")
            taken.add("body")
        named: list[tuple[bool, str]] = []
        for place in ("query", "header"):
            for it in self.own(place):
                if it["name"] in without:
                    continue
                name = python_name(re.sub(r"^[Xx]-", "", it["name"]) if place == "header" else it["name"])
                name = f"{name}_" if name in taken else name
                taken.add(name)
                kind = self.kind(it.get("schema", {}), class_name(self.name) + class_name(name))
                kind = kind.removesuffix(" | None")
                needed = it.get("required", False)
                named.append((not needed, f"{name}: {kind}" if needed else f"{name}: {kind} | None = None"))
                names.append((place, it["name"], name))
        if named:
            parts += ["*", *(it for _, it in sorted(named, key=lambda it: it[0]))]
        return parts, names

    def call(self, names: list[tuple[str, str, str]], returns: str, accept: str | None) -> str:
        of = {place: [(key, name) for at, key, name in names if at == place] for place in ("path", "query", "header")}
        path = json.dumps(self.path)
        if of["path"]:
            path = f"path_of({path}, **{{{', '.join(f'{json.dumps(k)}: {n}' for k, n in of['path'])}}})"
        parts = [json.dumps(self.method), path, returns]
        for place, word in (("query", "query"), ("header", "headers")):
            if of[place]:
                parts.append(f"{word}={{{', '.join(f'{json.dumps(k)}: {n}' for k, n in of[place])}}}")
        if self.body:
            parts.append("body=body")
        if accept:
            parts.append(f"accept={accept}")
        line = f"Call({', '.join(parts)})"
        if len(line) + 34 <= WIDTH:
            return line
        return "\n            ".join(["Call(", *(f"    {it}," for it in parts), ")"])

    def docstring(self, more: str = "") -> list[str]:
        title, text = self.said.get("summary", ""), self.said.get("description", "")
        told = []
        for it in self.own("path") + self.own("query") + self.own("header"):
            if it.get("description"):
                name = python_name(re.sub(r"^[Xx]-", "", it["name"]) if it["in"] == "header" else it["name"])
                told.append(f"`{name}`: {it['description']}")
        parts = [title, text, *told, more, f"{self.method} {self.path}"]
        return doc("\n\n".join(it for it in parts if it), "        ")

    def lines(self, aio: bool) -> list[str]:
        if not self.callable:
            return []
        kinds = self.json_kinds()
        others = [it for it in self.media if "json" not in it]
        lines: list[str] = []
        if kinds:
            parts, names = self.arguments(without={"format"} if others else set())
            result = " | ".join(dict.fromkeys(kinds.values()))
            returns = result if len(set(kinds.values())) == 1 else f"{{{', '.join(f'{k}: {v}' for k, v in kinds.items())}}}"
            lines += self.method_lines(self.name, parts, names, returns, result, None, aio, "")
            if self.item():
                lines += self.pages(aio, without={"cursor", "format"} if others else {"cursor"})
        if others:
            name = f"{self.name}_as" if kinds else self.name
            parts, names = self.arguments(without=set())
            by_accept = kinds and not any(it == ("query", "format", "format") for it in names)
            accept = json.dumps(", ".join(dict.fromkeys(others)))
            if by_accept:
                parts.append(f"accept: str = {accept}" if "*" in parts else f"*, accept: str = {accept}")
            lines += self.method_lines(
                name, parts, names, "Content", "Content", "accept" if by_accept else '"*/*"', aio,
                "As bytes of another format: a table or a document." if kinds else "")
        return lines

    def method_lines(self, name, parts, names, returns, result, accept, aio, more) -> list[str]:
        head = signature(f"{'async ' if aio else ''}def {name}", parts, result)
        wait = "await " if aio else ""
        return ["", *head, *self.docstring(more), f"        return {wait}self._call({self.call(names, returns, accept)})"]

    def pages(self, aio: bool, without: set[str]) -> list[str]:
        parts, names = self.arguments(without=without)
        name = "iter_" + self.name.removeprefix("list_").removeprefix("get_")
        kind = "AsyncIterator" if aio else "Iterator"
        given = [it for _, _, it in names]
        places = ["path" for _ in self.own("path")]
        call = ", ".join(it if index < len(places) else f"{it}={it}" for index, it in enumerate(given))
        call = f"{call}, cursor=cursor" if call else "cursor=cursor"
        head = signature(f"def {name}", parts, f"{kind}[{self.item()}]")
        text = doc(f"{self.said.get('summary', self.name)}: every item, page after page.\n\n{self.method} {self.path}", "        ")
        return ["", *head, *text, f"        return self._pages(lambda cursor: self.{self.name}({call}))"]


def signature(head: str, parts: list[str], result: str) -> list[str]:
    line = f"    {head}({', '.join(parts)}) -> {result}:"
    if len(line) <= WIDTH:
        return [line]
    return [f"    {head}(", *(f"        {it}," for it in parts), f"    ) -> {result}:"]


def operations(document: dict, models: Models) -> list[Operation]:
    found = []
    for path, item in sorted(document.get("paths", {}).items()):
        for method in ("get", "post", "put", "patch", "delete"):
            if method in item:
                found.append(Operation(models, path, method, item[method], item.get("parameters", [])))
    found.sort(key=lambda it: (it.tag, it.path, it.method))
    names = [it.name for it in found]
    twice = sorted({it for it in names if names.count(it) > 1})
    if twice:
        raise SystemExit(f"operations of one name: {', '.join(twice)}")
    return found


def api_text(found: list[Operation], info: dict, aio: bool) -> str:
    kind, base, iterator = ("AsyncApi", "AsyncCaller", "AsyncIterator") if aio else ("Api", "Caller", "Iterator")
    what = "Every operation of the API, one method each" + (", awaited." if aio else ".")
    lines = [HEADER.format(what=what, **info), "from __future__ import annotations", "", "import datetime as dt"]
    lines += [f"from collections.abc import {', '.join(sorted([iterator, 'Mapping']))}", "from typing import Any, Literal", ""]
    lines += ["from . import models", f"from ._caller import {base}", "from ._http import Call, Content, path_of", "", ""]
    lines += [f"class {kind}({base}):", f'    """{what}"""']
    tag = None
    for it in found:
        new = it.lines(aio)
        if new and it.tag != tag:
            tag = it.tag
            lines += ["", f"    # {tag}"]
        lines += new
    return "\n".join(lines).rstrip() + "\n"


def files_of(document: dict) -> dict[str, str]:
    """The text of each file."""
    info = {"title": document["info"]["title"], "version": document["info"]["version"]}
    models = Models(document)
    found = operations(document, models)
    sync, awaited = api_text(found, info, aio=False), api_text(found, info, aio=True)
    return {"models.py": models.text(info), "api.py": sync, "aio.py": awaited}


# ---------------------------------------------------------------- the description


def document_of(source: str | None) -> dict:
    if source is None:
        return ask_binary()
    if source.startswith(("http://", "https://")):
        url = source if source.endswith(".json") else source.rstrip("/") + "/api/openapi.json"
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)
    return json.loads(Path(source).read_text(encoding="utf-8"))


def ask_binary() -> dict:
    """Starts the server on a free port with an empty folder, asks it, and stops it."""
    binary = os.environ.get("PERIPLUS", "periplus")
    with tempfile.TemporaryDirectory() as folder:
        command = [binary, "serve", "--port", "0", "--json", "--data-dir", folder]
        try:
            server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        except OSError as fault:
            raise SystemExit(f"{binary} cannot be started: {fault.strerror}\nhint: set PERIPLUS to the binary, or use --from") from None
        try:
            line = server.stdout.readline() if server.stdout else ""
            if not line.strip():
                raise SystemExit(f"{binary} did not begin to serve")
            return document_of(json.loads(line)["url"])
        finally:
            server.terminate()
            server.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", metavar="URL-or-FILE")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT, help=argparse.SUPPRESS)
    args = parser.parse_args()
    stale = False
    for name, text in files_of(document_of(args.source)).items():
        path = args.out / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if text == before:
            continue
        stale = True
        if args.check:
            lines = difflib.unified_diff(before.splitlines(), text.splitlines(), f"committed {name}", f"generated {name}", lineterm="")
            print("\n".join(list(lines)[:80]))
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{path.name}: {len(text.splitlines())} lines", file=sys.stderr)
    if stale and args.check:
        print("the client is not what the API says\nhint: run `python generate.py` and commit what it writes", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
