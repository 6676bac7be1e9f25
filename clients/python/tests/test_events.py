"""The stream of events: read as the HTML standard says, and taken up again where it broke off."""

import httpx
import periplus
import pytest
from periplus import events
from periplus.events import Lines, Parser


def parsed(*chunks, last=None):
    lines, parser = Lines(), Parser(last)
    found = [parser.take(line) for chunk in chunks for line in lines.take(chunk)]
    return [it for it in found if it], parser


def test_reads_events_whatever_their_ends_and_cuts():
    whole = b'retry: 2000\r\n: 7\r\n\r\nid: 8\r\nevent: book\r\ndata: {"a":"\xe4\xb8\x8a"}\r\n\r\n'
    for at in range(len(whole)):
        found, parser = parsed(whole[:at], whole[at:])
        assert [(it.id, it.kind, it.data) for it in found] == [("8", "book", {"a": "上"})], at
        assert parser.retry == 2.0


def test_signs_that_end_lines_elsewhere_stay_in_their_text():
    found, _ = parsed('id: 1\ndata: {"t":"a\u2028b\u0085c"}\n\n'.encode())
    assert found[0].data == {"t": "a\u2028b\u0085c"}


def test_an_event_without_data_is_none_and_half_an_event_is_none():
    found, parser = parsed(b"id: 5\n\n", b"data: 1\ndata: 2")
    assert found == [] and parser.last == "5"


def streaming(*streams):
    """A server that gives these streams in turn; a stream that is an exception breaks so."""
    left, got = list(streams), []

    class Stream(httpx.SyncByteStream):
        def __init__(self, parts):
            self.parts = parts

        def __iter__(self):
            for it in self.parts:
                if isinstance(it, Exception):
                    raise it
                yield it

    def handle(request):
        got.append(request)
        it = left.pop(0)
        if isinstance(it, (Exception, httpx.Response)):
            if isinstance(it, Exception):
                raise it
            return it
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Stream(it))

    return periplus.connect("http://radar.example", transport=httpx.MockTransport(handle)), got


@pytest.fixture(autouse=True)
def pauses(monkeypatch):
    noted = []
    monkeypatch.setattr(events.time, "sleep", noted.append)
    return noted


def event(id, kind="book"):
    return f'id: {id}\nevent: {kind}\ndata: {{"object":"book/{id}","at":"2026-11-22T10:00:00Z"}}\n\n'.encode()


def test_a_stream_that_breaks_is_taken_up_again_where_it_broke_off(pauses):
    client, got = streaming([event(1), event(2), b"id: 3\nda", httpx.ReadError("gone")], httpx.ConnectError("down"), [event(3)])
    told = client.events(last_event_id=0)
    assert [next(told).object for _ in range(3)] == ["book/1", "book/2", "book/3"]
    told.close()
    assert [it.headers.get("last-event-id") for it in got] == ["0", "2", "2"], "half of the third was heard, and is asked for again"
    assert len(pauses) == 2


def test_only_the_kinds_that_were_asked_for_but_losses_always():
    client, _ = streaming([event(1), event(2, "alert"), event(3, "lost"), event(4, "deal"), event(5, "alert")])
    told = client.events(kinds="alert")
    assert [(it.id, it.kind) for it in (next(told), next(told), next(told))] == [("2", "alert"), ("3", "lost"), ("5", "alert")]


def test_a_refusal_is_told_and_not_tried_again():
    client, got = streaming(httpx.Response(401, json={"code": "PRP-2050"}, headers={"content-type": "application/problem+json"}))
    with pytest.raises(periplus.NotSignedIn):
        next(client.events())
    assert len(got) == 1


def test_a_server_that_stays_away_is_told():
    client, got = streaming(*[httpx.ConnectError("down")] * 20)
    with pytest.raises(periplus.Unreachable):
        next(client.events())
    assert len(got) == events.FAILURES


def test_it_ends_after_silence(monkeypatch):
    client, got = streaming([event(1), httpx.ReadTimeout("silence")], [b": \n\n"])
    now = iter([0.0, 1.0, 2.0, 99.0])
    monkeypatch.setattr(events.time, "monotonic", lambda: next(now))
    assert [it.id for it in client.events(idle=10)] == ["1"]
    assert len(got) == 1
