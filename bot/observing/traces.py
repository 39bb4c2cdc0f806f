"""OpenTelemetry traces: one for each request, from the chat's update to the answer.

The trace id is the request's own id, the inbox row's 128 bits. So whichever process takes a part
in it (receiver, worker, whoever delivers) adds to the same trace, and nothing has to be handed
from one to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)

from scheduling.watching import FAILED, Kind, Stretch

SERVICE = "family-scheduler"
_KINDS = {
    Kind.RECEIVED: SpanKind.SERVER,
    Kind.TURN: SpanKind.CONSUMER,
    Kind.MODEL_CALL: SpanKind.CLIENT,
    Kind.DELIVERY: SpanKind.CLIENT,
}


class Traces:
    """Implements `scheduling.watching.Watcher`."""

    def __init__(self, processor: SpanProcessor, role: str) -> None:
        about = Resource.create({"service.name": SERVICE, "service.instance.role": role})
        self._provider = TracerProvider(resource=about, shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer(SERVICE)

    @contextmanager
    def during(self, stretch: Stretch) -> Iterator[None]:
        with self._tracer.start_as_current_span(
            f"{stretch.kind} {stretch.name}",
            context=_of_request(stretch.request),
            kind=_KINDS.get(stretch.kind, SpanKind.INTERNAL),
            attributes={f"family.{key}": value for key, value in stretch.facts.items()},
            # What an error says may be what somebody wrote.
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield
            finally:
                span.set_attribute("outcome", stretch.outcome)
                for unit, amount in stretch.amounts.items():
                    span.set_attribute(f"used.{unit}", amount)
                if stretch.outcome == FAILED:
                    span.set_status(Status(StatusCode.ERROR))

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


def traces_to(endpoint: str, role: str) -> Traces:
    """endpoint: where a collector takes OTLP over HTTP, without /v1/traces. Sent in the
    background; what cannot be sent is dropped, and nobody waits for it."""
    exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=5)
    return Traces(BatchSpanProcessor(exporter), role)


def _of_request(request: UUID | None) -> Context | None:
    """None: within whatever is going on already. The parent, which nobody records, gives every
    part of the request the same trace, whoever does it."""
    if request is None:
        return None
    going_on = trace.get_current_span().get_span_context()
    if going_on.trace_id == request.int:
        return None
    parent = SpanContext(
        trace_id=request.int,
        span_id=(request.int & 0xFFFF_FFFF_FFFF_FFFF) or 1,
        is_remote=True,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )
    return set_span_in_context(NonRecordingSpan(parent))
