"""`/metrics`, for who knows the token."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from fastapi import Response

if TYPE_CHECKING:
    from bot.observing.page import MetricsPage

log = logging.getLogger(__name__)

NEVER_KEPT = {"Cache-Control": "no-store"}


async def metrics_answer(page: MetricsPage | None, authorization: str) -> Response:
    """404 where nobody may read them, 401 for a wrong token, 503 while the database is away."""
    if page is None:
        return Response(status_code=404, headers=NEVER_KEPT)
    if not page.allows(authorization):
        return Response(status_code=401, headers=NEVER_KEPT | {"WWW-Authenticate": "Bearer"})
    try:
        text = await page.text()
    # Each driver has errors of its own; Prometheus notes that the target is down.
    except Exception as error:
        log.warning("the metrics cannot be read (%s)", type(error).__name__)
        return Response(status_code=503, headers=NEVER_KEPT)
    kind = "text/plain; version=0.0.4; charset=utf-8"
    return Response(text, headers=NEVER_KEPT, media_type=kind)
