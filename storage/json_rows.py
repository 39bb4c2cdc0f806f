"""Rows of a table as one JSON value, so that an aggregate is read in one statement."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, ScalarSelect, Table, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from storage.types import Payload


class row_object(GenericFunction[Any]):
    """A JSON object of (name, value, …)."""

    inherit_cache = True


class row_list(GenericFunction[Any]):
    """A JSON list of a group's values; empty for no rows."""

    type = JSON()
    inherit_cache = True


class nested_json(GenericFunction[Any]):
    """JSON text taken as a value, not as a string."""

    inherit_cache = True


@compiles(row_object, "sqlite")
def _(element: row_object, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_object{compiler.process(element.clause_expr, **kw)}"


@compiles(row_object, "postgresql")
def _(element: row_object, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_build_object{compiler.process(element.clause_expr, **kw)}"


@compiles(row_list, "sqlite")
def _(element: row_list, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_array{compiler.process(element.clause_expr, **kw)}"


@compiles(row_list, "postgresql")
def _(element: row_list, compiler: SQLCompiler, **kw: Any) -> str:
    return f"coalesce(json_agg{compiler.process(element.clause_expr, **kw)}, '[]')"


@compiles(nested_json, "sqlite")
def _(element: nested_json, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json{compiler.process(element.clause_expr, **kw)}"


@compiles(nested_json, "postgresql")
def _(element: nested_json, compiler: SQLCompiler, **kw: Any) -> str:
    return f"{compiler.process(element.clause_expr, **kw)}::json"


def json_rows(table: Table, columns: list[Column[Any]], *where: ColumnElement[bool]) -> Any:
    """A scalar subquery: the table's rows under those conditions, a list of objects.

    The list comes unordered (SQLite's aggregates take no ORDER BY); read it with `in_order`.
    """
    pairs: list[Any] = []
    for column in (table.c.position, *columns):
        value = nested_json(column) if isinstance(column.type, Payload) else column
        pairs += [literal_column(f"'{column.name}'"), value]
    found: ScalarSelect[Any] = select(row_list(row_object(*pairs))).where(*where).scalar_subquery()
    return found


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=itemgetter("position"))
