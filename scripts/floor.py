"""What `POST /events` is measured against: a bare FastAPI route that inserts one row.

`uvicorn scripts.floor:app`, in a process of its own as the API is, with DATABASE_URL's database.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.urls import engine_url

_INSERT = text("INSERT INTO floor VALUES (:id, :body)")


@asynccontextmanager
async def _opened(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    engine = create_async_engine(engine_url(os.environ["DATABASE_URL"], "async"), pool_size=5)
    async with engine.begin() as connection:
        await connection.execute(
            text("CREATE TABLE IF NOT EXISTS floor (id uuid PRIMARY KEY, body text)")
        )
    app.state.engine = engine
    yield {}
    await engine.dispose()


app = FastAPI(lifespan=_opened)


@app.post("/floor")
async def floor(body: dict[str, str]) -> dict[str, str]:
    engine: AsyncEngine = app.state.engine
    async with engine.begin() as connection:
        await connection.execute(_INSERT, {"id": uuid4(), "body": body["message"]})
    return {"status": "ok"}


@app.get("/ready")
async def ready() -> dict[str, str]:
    return {"status": "ok"}
