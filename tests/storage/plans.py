"""The plan a database makes for what the product asks: for any values, not for these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, event

from storage.engine import Database

Asked = list[tuple[str, Sequence[object]]]


@contextmanager
def asked(database: Database) -> Iterator[Asked]:
    """Each statement that is sent meanwhile, with its values; transactions apart."""
    found: Asked = []

    def sending(
        _c: Connection, _cursor: object, statement: str, values: Sequence[object], *_: object
    ) -> None:
        if not statement.startswith("BEGIN"):
            found.append((statement, values))

    engine = database.writing.sync_engine
    event.listen(engine, "before_cursor_execute", sending)
    yield found
    event.remove(engine, "before_cursor_execute", sending)


async def plan(database: Database, statement: str, values: Sequence[object]) -> str:
    """EXPLAIN with values would plan for those."""
    async with database.writing.connect() as connection:
        if database.dialect == "postgresql":
            await connection.exec_driver_sql(f"PREPARE asked AS {statement}")
            nothing = ", ".join(["NULL"] * len(values))
            given = f"({nothing})" if values else ""
            rows = await connection.exec_driver_sql(f"EXPLAIN EXECUTE asked{given}")
            await connection.exec_driver_sql("DEALLOCATE asked")
        else:
            rows = await connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", tuple(values)
            )
        return "\n".join(str(row[-1]) for row in rows)
