"""The client against a running server: what a person does on the first day."""

from __future__ import annotations

import asyncio
import datetime as dt
from decimal import Decimal

import httpx
import periplus
import pytest
from periplus import models

NEED = "buy 5 t HS 850511 to Birmingham DAP within 12 weeks in GBP"


@pytest.fixture(scope="module")
def answer(server):
    with periplus.connect(server.url) as it:
        yield it.scan(NEED)


def test_a_scan_gives_plans_with_money_in_decimals(answer):
    assert len(answer) == len(answer.plans) > 1
    assert [it.rank for it in answer] == list(range(1, len(answer) + 1))
    best = answer.best
    total = best.landed.exactly or best.landed.at_least.known
    assert isinstance(total.amount, Decimal) and total.currency == "GBP"
    assert isinstance(best.arrival.p50, dt.date)
    assert answer.need.quantity.amount == 5 and answer.need.hs == "850511"


def test_the_lines_add_up_to_the_landed_cost(answer):
    """The figures are the server's to the penny: nothing was rounded on the way."""
    for plan in answer.plans:
        if plan.landed.exactly is None:
            continue
        lines = [it for it in plan.lines if not it.recoverable]
        assert sum(it.amount.amount for it in lines) == plan.landed.exactly.amount, plan.id


def test_every_line_says_where_it_comes_from(answer):
    for plan in answer.plans:
        for line in plan.lines:
            assert line.because.basis in ("observed", "benchmark", "modelled", "assumed")
            assert line.because.source.title and line.because.source.vintage


def test_a_plan_is_found_by_rank_and_by_id(answer):
    first = answer.plan(1)
    assert answer.plan(first.id) is answer.plan(first.id.lower()) is first is answer.best
    with pytest.raises(KeyError, match=first.id):
        answer.plan("ZZ-sea-9")
    with pytest.raises(KeyError, match="goods"):
        answer.line(1, "nothing of the kind")


@pytest.mark.parametrize("backend", ["polars", "pandas"])
def test_plans_as_a_frame(answer, backend):
    frame = answer.frame(backend)
    assert type(frame).__module__.split(".")[0] == backend
    assert list(frame["plan"]) == [it.id for it in answer.plans]
    assert list(frame["landed"]) == [(it.landed.exactly or it.landed.at_least.known).amount for it in answer.plans]
    assert len(answer.lines_frame(backend)) == sum(len(it.lines) for it in answer.plans)


@pytest.mark.parametrize("backend", ["polars", "pandas"])
def test_tables_of_the_server_as_frames(client, answer, backend, tmp_path):
    fetched = client.table(f"/answers/{answer.id}/plans")
    frame = periplus.frame(fetched, backend)
    assert len(frame) == len(answer)
    for format in ("csv", "parquet", "arrow"):
        table = client.api.get_plans_as(answer.id, format=format)
        path = tmp_path / f"plans.{format}"
        table.save(path)
        assert len(periplus.frame(path, backend)) == len(periplus.frame(table.data, backend)) == len(answer), format
    with pytest.raises(periplus.PeriplusError, match="no Arrow, Parquet or CSV"):
        periplus.frame(client.api.get_plans_as(answer.id, format="xlsx"), backend)


def test_codes_keep_their_zeros(client):
    economies = client.frame("/markets/suppliers", "polars", hs="850511", importer="GB")
    assert "CN" in list(economies["economy"])
    frame = periplus.frame(b"hs,name\n010121,horses\n", "polars")
    assert list(frame["hs"]) == ["010121"]
    assert list(periplus.frame(b"hs,name\n010121,horses\n", "pandas")["hs"]) == ["010121"]


def test_the_same_seed_gives_the_same_answer(client, answer):
    again = client.scan(NEED, keep=False)
    assert [it.raw for it in again.plans] == [it.raw for it in answer.plans]
    assert answer.verify().same


def test_what_if_changes_the_need_and_nothing_else(answer):
    other = answer.what_if(deadline=answer.need.deadline + dt.timedelta(weeks=2))
    assert other.need.deadline == answer.need.deadline + dt.timedelta(weeks=2)
    assert other.need.quantity == answer.need.quantity and other.need.place == answer.need.place
    open_ended = answer.what_if(deadline=None)
    assert open_ended.need.deadline is None
    with pytest.raises(TypeError, match="dedline"):
        answer.what_if(dedline="2027-01-01")


def test_what_if_freight_were_dearer(answer):
    dearer = answer.what_if(freight_percent=50)
    assert dearer.document.raw["what_if"]["freight_percent"] == 50

    def freight(it):
        return {plan.id: line.amount.amount for plan in it.plans for line in plan.lines if line.kind == "main_carriage"}

    before, after = freight(answer), freight(dearer)
    both = before.keys() & after.keys()
    assert both and all(after[it] > before[it] for it in both)


def test_no_feasible_plan_is_an_answer_that_can_be_relaxed(answer):
    none = answer.what_if(deadline=answer.document.deals.as_of + dt.timedelta(days=3))
    assert not none.plans and none.best is None and none.relaxations
    changed = next(index for index, it in enumerate(none.relaxations) if it.need is not None)
    assert none.relax(changed, keep=False).plans
    with pytest.raises(periplus.PeriplusError, match="not kept"):
        none.verify()


def test_drops_come_page_after_page(client, answer):
    counted = answer.document.deals.counts.dropped
    dropped = list(answer.drops())
    assert len(dropped) > 50, "more than one page"
    assert sum(it.count for it in dropped) == sum(counted.values())
    assert {it.reason for it in answer.drops(reason="deadline")} <= {"deadline"}
    small = list(client.api._pages(lambda cursor: client.api.list_drops(answer.id, limit=7, cursor=cursor)))
    assert small == dropped


def test_a_kept_answer_is_found_again(client, answer):
    again = client.answer(answer.id)
    assert again.document == answer.document
    assert answer.id in [it.id for it in client.answers()]
    assert client.sample().document.sample is True


def test_languages(server, answer):
    with periplus.connect(server.url, lang="zh") as chinese:
        line = chinese.answer(answer.id).line(1, "goods")
    assert line.label != answer.line(1, "goods").label
    assert line.amount == answer.line(1, "goods").amount


def test_problems_say_what_to_do(client):
    with pytest.raises(periplus.Refused) as caught:
        client.scan(NEED, settings={"shortlist": 10_000})
    assert caught.value.code == "PRP-2007" and caught.value.rows[0].column == "settings.shortlist"
    with pytest.raises(periplus.NotFound) as missing:
        client.answer("01a20457-844d-71de-bac2-000000000000")
    assert missing.value.code.startswith("PRP-")
    with pytest.raises(periplus.Problem) as unclear:
        client.scan("buy 5 of HS 850511 to Birmingham")
    assert unclear.value.status == 422 and unclear.value.hint


def test_nobody_there():
    with periplus.connect("http://127.0.0.1:9") as nobody, pytest.raises(periplus.Unreachable, match="127.0.0.1:9"):
        nobody.sample()


def test_a_scan_in_the_background(client, answer):
    seen = []
    job = client.scan(NEED, background=True)
    assert isinstance(job, periplus.Job)
    made = job.wait(timeout=60, progress=seen.append)
    assert isinstance(made, periplus.Answer) and job.ended
    assert [it.id for it in made.plans] == [it.id for it in answer.plans]
    assert isinstance(seen[-1], models.Job)


def test_events_of_what_was_done(client):
    with periplus.connect(client.url) as ear:
        told = ear.events(last_event_id=0, kinds="answer", idle=20)
        made = client.scan(NEED)
        event = next(it for it in told if it.object and it.object.endswith(made.id))
        assert event.kind == "answer" and event.at
        told.close()
        # Told again to whoever comes back from before it.
        again = ear.events(last_event_id=int(event.id) - 1, idle=20)
        assert next(again) == event
        again.close()


def test_a_watch_from_beginning_to_end(client, answer):
    watch = answer.watch(1, title="one plan")
    assert (watch.state, watch.plan, watch.answer_id) == ("active", answer.best.id, answer.id)
    paused = client.api.change_watch(watch.id, {"state": "paused", "version": watch.version})
    assert paused.state == "paused"
    with pytest.raises(periplus.Stale):
        client.api.change_watch(watch.id, {"state": "active", "version": watch.version})
    client.api.delete_watch(watch.id)
    with pytest.raises(periplus.NotFound):
        client.api.get_watch(watch.id)


def test_a_post_with_the_same_key_is_done_once(server):
    with httpx.Client(base_url=server.url, headers={"x-periplus-csrf": "x", "idempotency-key": "client-test-1"}) as http:
        first = http.post("/api/v1/scans", json={"text": NEED}, timeout=60)
        second = http.post("/api/v1/scans", json={"text": NEED}, timeout=60)
        other = http.post("/api/v1/scans", json={"text": NEED, "seed": 2}, timeout=60)
    assert first.json()["id"] == second.json()["id"]
    assert other.status_code == 422


def test_awaited(server, answer):
    async def run():
        async with periplus.AsyncClient(server.url) as client:
            made, sample = await asyncio.gather(client.scan(NEED, keep=False), client.sample())
            items = [it async for it in client.api.iter_answers()]
            table = await client.table(f"/answers/{answer.id}/plans")
            events = [it async for it in client.events(last_event_id=0, kinds="answer", idle=1)]
            return made, sample, items, table, events

    made, sample, items, table, events = asyncio.run(run())
    assert [it.id for it in made.plans] == [it.id for it in answer.plans]
    assert sample.document.sample and answer.id in [it.id for it in items]
    assert len(periplus.frame(table)) == len(answer) and events
    with pytest.raises(periplus.PeriplusError, match="no connection"):
        made.verify()
