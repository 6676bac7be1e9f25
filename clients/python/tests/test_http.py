"""Requests: what is sent, when it is sent again, what a refusal becomes."""

import json

import httpx
import periplus
import pytest
from periplus import _http, problems
from periplus._http import Call, Content, path_of

PROBLEM = {
    "type": "/errors/PRP-2007", "title": "Refused", "status": 422, "detail": "seed must be less", "code": "PRP-2007",
    "hint": "write less", "instance": "/api/v1/scans",
    "rows": [{"line": 3, "column": "price", "text": "no number"}, {"line": 0, "column": "seed", "text": "too large"}],
    "candidates": [{"write": "HS 940161", "text": "seats"}],
}


@pytest.fixture
def pauses(monkeypatch):
    """Pauses are noted instead of waited."""
    noted = []
    monkeypatch.setattr(_http.time, "sleep", noted.append)
    return noted


def connected(answers, **more):
    """A client whose server gives these answers in turn, and the requests that it gets."""
    left, got = list(answers), []

    def handle(request):
        got.append(request)
        it = left.pop(0)
        if isinstance(it, Exception):
            raise it
        return it

    return periplus.connect("http://radar.example/", transport=httpx.MockTransport(handle), **more), got


def problem(status, headers=None, **more):
    return httpx.Response(status, headers={"content-type": "application/problem+json", **(headers or {})},
                          content=json.dumps({**PROBLEM, "status": status, **more}))


def ok(value):
    return httpx.Response(200, json=value)


def call(client, method="GET", body=None, **more):
    return client.api._call(Call(method, "/api/v1/x", dict, body=body, **more))


def test_who_asks_and_in_which_language():
    client, got = connected([ok({}), ok({})])
    call(client)
    assert got[0].url == "http://radar.example/api/v1/x"
    assert got[0].headers["x-periplus-csrf"]
    assert "authorization" not in got[0].headers

    client, got = connected([ok({})], key="ppk_secret", lang="zh")
    call(client)
    assert got[0].headers["authorization"] == "Bearer ppk_secret"
    assert got[0].headers["accept-language"] == "zh"
    assert "x-periplus-csrf" not in got[0].headers
    assert "ppk_secret" not in repr(client)


@pytest.mark.parametrize("url", ["radar.example", "http://radar.example/api/v1/", " http://radar.example "])
def test_addresses_as_people_paste_them(url):
    assert periplus.connect(url).url == "http://radar.example"


def test_a_refusal_says_what_where_and_how_to_mend_it():
    client, _ = connected([problem(422)])
    with pytest.raises(periplus.Refused) as caught:
        call(client, "POST", {})
    fault = caught.value
    assert (fault.code, fault.status, fault.hint) == ("PRP-2007", 422, "write less")
    assert (fault.rows[0].line, fault.rows[0].column, fault.candidates[0].write) == (3, "price", "HS 940161")
    assert str(fault).splitlines() == [
        "PRP-2007 seed must be less", "  line 3, price: no number", "  seed: too large", "  HS 940161: seats", "hint: write less",
    ]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, problems.NotSignedIn), (403, problems.Denied), (404, problems.NotFound), (409, problems.Conflict),
     (412, problems.Stale), (424, problems.DataMissing), (418, problems.Problem), (500, problems.ServerFault)],
)
def test_each_status_has_its_exception(status, kind):
    client, _ = connected([problem(status)])
    with pytest.raises(kind) as caught:
        call(client)
    assert type(caught.value) is kind


def test_a_proxy_that_speaks_no_problem_json():
    client, _ = connected([httpx.Response(404, text="<h1>nothing here</h1>", headers={"content-type": "text/html"})])
    with pytest.raises(periplus.NotFound, match="nothing here"):
        call(client)
    client, _ = connected([httpx.Response(200, text="<html>", headers={"content-type": "text/html"})])
    with pytest.raises(periplus.PeriplusError, match="is this the address of Periplus"):
        call(client)


def test_a_redirect_is_not_followed_for_it_would_take_the_key_along():
    client, got = connected([httpx.Response(302, headers={"location": "http://elsewhere.example/"})], key="ppk_secret")
    with pytest.raises(periplus.Problem):
        call(client)
    assert len(got) == 1


@pytest.mark.parametrize("first", [
    httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("gone"),
    problem(503), problem(502), problem(429, {"retry-after": "2"}),
])
def test_what_may_be_tried_again_is_and_a_post_keeps_its_key(pauses, first):
    client, got = connected([first, ok({"done": True})])
    assert call(client, "POST", {"a": 1}) == {"done": True}
    assert got[0].headers["idempotency-key"] == got[1].headers["idempotency-key"]
    assert got[0].content == got[1].content
    assert len(pauses) == 1
    assert pauses[0] == 2 if "retry-after" in getattr(first, "headers", {}) else 0 < pauses[0] < 1


def test_two_posts_have_two_keys():
    client, got = connected([ok({}), ok({})])
    call(client, "POST", {})
    call(client, "POST", {})
    assert got[0].headers["idempotency-key"] != got[1].headers["idempotency-key"]


def test_a_patch_whose_answer_was_lost_is_not_tried_again(pauses):
    client, got = connected([httpx.ReadTimeout("slow")])
    with pytest.raises(periplus.Unreachable, match="http://radar.example does not answer: slow"):
        call(client, "PATCH", {})
    assert len(got) == 1 and not pauses
    client, got = connected([httpx.ConnectError("refused"), ok({})])
    call(client, "PATCH", {})
    assert len(got) == 2, "it was never sent"


def test_it_gives_up(pauses):
    client, got = connected([problem(503)] * 9)
    with pytest.raises(periplus.ServerFault):
        call(client)
    assert len(got) == _http.TRIES
    assert pauses == sorted(pauses)


@pytest.mark.parametrize("answer", [problem(400), problem(404), problem(409), problem(500), problem(429, {"retry-after": "3600"})])
def test_what_would_not_help_is_not_tried_again(pauses, answer):
    client, got = connected([answer])
    with pytest.raises(periplus.Problem):
        call(client)
    assert len(got) == 1 and not pauses


def test_a_key_in_use_is_waited_for(pauses):
    client, got = connected([problem(409, {"retry-after": "1"}), ok({})])
    call(client, "POST", {})
    assert len(got) == 2


@pytest.mark.parametrize(
    ("part", "address"),
    [("abc", "/a/abc"), ("../people", "/a/..%2Fpeople"), ("a?b#c", "/a/a%3Fb%23c"), ("上海", "/a/%E4%B8%8A%E6%B5%B7"), (3, "/a/3")],
)
def test_a_part_of_an_address_stays_a_part(part, address):
    assert path_of("/a/{id}", id=part) == address


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_what_is_no_part_of_an_address_is_refused(part):
    with pytest.raises(ValueError, match="no part of an address"):
        path_of("/a/{id}", id=part)


def test_names_of_files_in_all_languages():
    client, got = connected([ok({})])
    call(client, "POST", b"a,b", headers={"X-File-Name": "报价 50%.csv"})
    assert got[0].headers["x-file-name"] == "%E6%8A%A5%E4%BB%B7 50%25.csv"
    assert got[0].headers["content-type"] == "application/octet-stream"


def test_a_header_cannot_be_broken_out_of():
    client, got = connected([])
    with pytest.raises(ValueError, match="header"):
        call(client, headers={"If-Match": "1\r\nX-Other: 2"})
    assert not got


def test_queries_leave_out_what_is_not_said():
    client, got = connected([ok({})])
    call(client, query={"q": "a&b=c", "limit": None, "unseen": True})
    assert got[0].url.query == b"q=a%26b%3Dc&unseen=true"


def test_bytes_with_their_name():
    answer = httpx.Response(200, content=b"a,b\n", headers={
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": "attachment; filename=\"__.csv\"; filename*=UTF-8''%E8%A1%A8.csv"})
    client, _ = connected([answer])
    found = client.api._call(Call("GET", "/x", Content))
    assert (found.data, found.media_type, found.name) == (b"a,b\n", "text/csv", "表.csv")


def test_pages_follow_each_other():
    class Page:
        def __init__(self, items, next):
            self.items, self.next = items, next

    asked, pages = [], {None: Page([1, 2], "a"), "a": Page([], "b"), "b": Page([3], None)}

    def page(cursor):
        asked.append(cursor)
        return pages[cursor]

    client, _ = connected([])
    found = client.api._pages(page)
    assert next(found) == 1 and asked == [None], "a page is fetched when it is needed"
    assert list(found) == [2, 3] and asked == [None, "a", "b"]
