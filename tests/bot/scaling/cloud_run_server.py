"""A loopback Cloud Run Admin API (v2, one service) with the token endpoint its callers ask first.

Follows the public references of `projects.locations.services` get and patch, of the error model of
Google's APIs, and of the JWT bearer grant (RFC 7523) for service accounts.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from bot.play.counterparts.loopback import Loopback

SERVICE = "projects/demo/locations/us-central1/services/agent-workers"
TOKEN = "ya29.of-the-workers"
STATUS = {401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 409: "ABORTED"}


@dataclass
class CloudRunServer:
    """service: as it stands. set: the numbers that were asked for. refuses: the status of every
    answer, where set. scopes: what tokens were asked for."""

    key_file: Path
    service: dict[str, Any] = field(default_factory=dict)
    set: list[int] = field(default_factory=list)
    refuses: int = 0
    scopes: list[str] = field(default_factory=list)
    base_url: str = ""

    @property
    def settings(self) -> dict[str, str]:
        """Of a worker that is to speak to it."""
        return {
            "SCALE_CLOUD_RUN": SERVICE,
            "CLOUD_RUN_BASE_URL": self.base_url,
            "GOOGLE_APPLICATION_CREDENTIALS": str(self.key_file),
        }


@asynccontextmanager
async def cloud_run(folder: Path, **scaling: int) -> AsyncIterator[CloudRunServer]:
    """scaling: the service's own, minInstanceCount say; its revisions' minimum is 1."""
    server = CloudRunServer(folder / "account.json")
    server.service = {
        "name": SERVICE,
        "scaling": dict(scaling),
        "template": {"scaling": {"minInstanceCount": 1, "maxInstanceCount": 10}},
    }
    loopback = Loopback(_app(server))
    await loopback.start()
    server.base_url = loopback.base_url
    server.key_file.write_text(json.dumps(_account(loopback.base_url)), "utf-8")
    yield server
    await loopback.stop()


def _account(base_url: str) -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {
        "type": "service_account",
        "project_id": "demo",
        "private_key": pem.decode(),
        "client_email": "family-workers@demo.iam.gserviceaccount.com",
        "token_uri": f"{base_url}/token",
    }


def _app(server: CloudRunServer) -> FastAPI:
    app = FastAPI()

    @app.post("/token")
    async def token(request: Request) -> dict[str, Any]:
        form = dict(pair.split("=", 1) for pair in (await request.body()).decode().split("&"))
        claims = form["assertion"].split(".")[1]
        claimed = json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        server.scopes.append(claimed["scope"])
        return {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}

    @app.api_route("/v2/{name:path}", methods=["GET", "PATCH"])
    async def service(name: str, request: Request) -> JSONResponse:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(401)
        if server.refuses or name != SERVICE:
            return _error(server.refuses or 404)
        if request.method == "GET":
            return JSONResponse(server.service)
        body = await request.json()
        # What is not in the mask stays; without a mask all of it would be replaced.
        assert request.query_params["updateMask"] == "scaling.minInstanceCount"
        server.set.append(body["scaling"]["minInstanceCount"])
        server.service["scaling"]["minInstanceCount"] = server.set[-1]
        return JSONResponse({"name": f"{name.rpartition('/services/')[0]}/operations/1"})

    return app


def _error(code: int) -> JSONResponse:
    error = {"code": code, "message": "…", "status": STATUS.get(code, "UNAVAILABLE")}
    return JSONResponse({"error": error}, code)
