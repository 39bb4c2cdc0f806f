"""A calendar link is a key: it must not stand in the access log."""

from __future__ import annotations

import logging
import re

_LINK = re.compile(r"/calendar/[^/?\s]+")


class _HideLinks(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                _LINK.sub("/calendar/…", each) if isinstance(each, str) else each
                for each in record.args
            )
        return True


def hide_links() -> None:
    """Keep tokens out of uvicorn's access log."""
    logger = logging.getLogger("uvicorn.access")
    if not any(isinstance(each, _HideLinks) for each in logger.filters):
        logger.addFilter(_HideLinks())
