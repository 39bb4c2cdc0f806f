"""One trace for one request, whichever process has a part in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.observing.start import Everyone, observe
from bot.observing.traces import Traces
from bot.play.counterparts.loopback import Loopback
from bot.settings import Settings
from scheduling.watching import use_watcher
from tests.bot.observing.conftest import HARD
from tests.bot.talk import Talk, chat_of


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    kept = InMemorySpanExporter()
    traces = Traces(SimpleSpanProcessor(kept), "test")
    before = use_watcher(Everyone([traces]))
    yield kept
    use_watcher(before)
    traces.close()


async def test_from_the_chat_to_the_answer_it_is_one_trace(
    talk: Talk, spans: InMemorySpanExporter
) -> None:
    await talk.say(HARD)
    found = spans.get_finished_spans()
    names = {span.name for span in found}
    assert {
        *("received console", "turn message", "model_call nl_parser"),
        *("agent nl_parser", "agent scheduling", "agent commit", "delivery console"),
    } <= names
    async with talk.service.database.reader() as uow:
        chat = await uow.chats.find(chat_of("Anna"))
        assert chat is not None
        (row,) = await uow.inbox.by_message(chat.household_id, chat.id, "1")
    assert {span.context.trace_id for span in found if span.context} == {row.id.int}


async def test_another_request_is_another_trace(talk: Talk, spans: InMemorySpanExporter) -> None:
    await talk.say("dentist Friday 4pm, Mia")
    await talk.say("piano Saturday 4pm, Mia")
    turns = [span for span in spans.get_finished_spans() if span.name == "turn message"]
    assert len({span.context.trace_id for span in turns if span.context}) == 2


async def test_a_failure_is_marked_and_says_nothing_of_what_was_written(
    talk: Talk, spans: InMemorySpanExporter
) -> None:
    async with talk.broken():
        await talk.say("hushpiano Friday 5pm, Mia")
    failed = [s for s in spans.get_finished_spans() if s.status.status_code is StatusCode.ERROR]
    assert failed
    assert "hush" not in "".join(span.to_json() for span in spans.get_finished_spans())


async def test_a_collector_gets_them_over_http(talk: Talk) -> None:
    got: list[ExportTraceServiceRequest] = []

    async def take(request: Request) -> Response:
        got.append(ExportTraceServiceRequest.FromString(await request.body()))
        return Response(b"", media_type="application/x-protobuf")

    collector = Loopback(Starlette(routes=[Route("/v1/traces", take, methods=["POST"])]))
    await collector.start()
    settings = Settings(_env_file=None, otlp_endpoint=collector.base_url, log_level="ERROR")
    observing = observe(settings, "test")
    await talk.say("dentist Friday 4pm, Mia")
    await asyncio.to_thread(observing.close)
    await collector.stop()
    names = {
        s.name for r in got for rs in r.resource_spans for ss in rs.scope_spans for s in ss.spans
    }
    assert {"turn message", "agent commit"} <= names
