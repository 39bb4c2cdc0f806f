"""Who calls: a bearer token's member, within its scope and its rate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.http.api.backend import Api, Backend, api_of
from bot.http.api.problems import Problem
from scheduling.access import PREFIX, AccessToken, Scope, token_hash
from scheduling.messages import ChatAddress, Sender

_bearer = HTTPBearer(auto_error=False, description="A token from /token in the family's chat.")

HOW = "Send a token: Authorization: Bearer fs_… (/token in a private chat gives one)."


@dataclass(frozen=True, slots=True)
class Caller:
    """token: who speaks. The API is their chat with the product, one a token. stamp: of their
    family when they were let in."""

    token: AccessToken
    api: Api
    stamp: str = ""

    @property
    def backend(self) -> Backend:
        return self.api.backend()

    @property
    def account(self) -> str:
        return account_of(self.token)

    @property
    def sender(self) -> Sender:
        return Sender("http", self.account, self.token.name)

    def chat(self, conversation: str) -> ChatAddress:
        return ChatAddress("http", self.account, True, self.token.name, conversation)


def account_of(token: AccessToken) -> str:
    """The token's holder as a platform account."""
    return token.id.hex


async def _caller(
    request: Request,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Caller:
    api = api_of(request)
    words = given.credentials if given else ""
    known = None
    if words.startswith(PREFIX):
        known = await api.backend().bearer(token_hash(words))
    if known is None:
        raise Problem(401, HOW, headers={"WWW-Authenticate": "Bearer"})
    token = known.token
    wait = api.rate.take(token.id)
    if wait:
        detail = f"That was more than {api.rate.per_minute} requests a minute."
        raise Problem(429, detail, headers={"Retry-After": str(wait)})
    return Caller(token, api, known.stamp)


def _with(scope: Scope) -> Callable[..., Awaitable[Caller]]:
    async def allowed(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
        if not caller.token.scope.includes(scope):
            raise Problem(403, f"This token may not do that; it takes one of scope {scope}.")
        return caller

    return allowed


Reader = Annotated[Caller, Depends(_with(Scope.READ))]
Writer = Annotated[Caller, Depends(_with(Scope.WRITE))]
Admin = Annotated[Caller, Depends(_with(Scope.ADMIN))]
