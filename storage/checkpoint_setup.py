"""Making the tables of LangGraph's savers; part of migrating, never of starting up."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

from storage.urls import engine_url, libpq_url, sqlite_path

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read when LangGraph is imported


def create_checkpoint_tables(url: str) -> None:
    if engine_url(url, "sync").get_backend_name() == "sqlite":
        _on_sqlite(sqlite_path(url))
    else:
        _on_postgresql(libpq_url(url))


def _on_sqlite(path: str) -> None:
    from langgraph.checkpoint.sqlite import SqliteSaver

    with closing(sqlite3.connect(path)) as connection:
        SqliteSaver(connection).setup()


def _on_postgresql(conninfo: str) -> None:
    from langgraph.checkpoint.postgres import PostgresSaver

    with PostgresSaver.from_conn_string(conninfo) as saver:
        saver.setup()
