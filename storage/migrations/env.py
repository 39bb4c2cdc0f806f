"""How Alembic meets the database, whether called by `storage.migrate` or its own command."""

from __future__ import annotations

import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.types import TypeDecorator

from storage.checkpoint_tables import CHECKPOINT_TABLES
from storage.tables import metadata
from storage.urls import engine_url

LOCK_TIMEOUT = "5s"
"""A migration that cannot get its lock gives up, rather than hold up the whole product."""


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        include_name=include_name,
        render_item=render_item,
        compare_type=True,
        # SQLite can do it too, once the driver leaves transactions alone: a migration that
        # was killed half-way has then not happened.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        context.run_migrations()


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """LangGraph's tables are its own business."""
    return kind != "table" or name not in CHECKPOINT_TABLES


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Our own types are written as what they are in the database, so that a migration does not
    change when they do."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    named = os.environ.get("DATABASE_URL") or context.config.get_main_option("sqlalchemy.url") or ""
    engine = create_engine(engine_url(named, "sync"))
    with engine.connect() as connection:
        run(connection)
