"""Webhooks: who else is told of the family's changes."""

from __future__ import annotations

from typing import Annotated, get_args
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response

from bot.http.api.bodies import WebhookBody
from bot.http.api.caller import Admin
from bot.http.api.problems import Problem, documented
from bot.http.api.views import NewWebhook, Webhooks, WebhookView
from bot.http.platform import WEBHOOK
from bot.http.posts import PrivateAddress, pinned, secret_of
from scheduling.changes import ChangeKind
from scheduling.messages import ChatAddress
from scheduling.ports import Chat
from scheduling.webhooks import Webhook

router = APIRouter(tags=["webhooks"])

MOST = 10
"""Webhooks of a family."""


@router.get("/webhooks", responses=documented())
async def webhooks(caller: Admin) -> Webhooks:
    """Those of the family; their secrets are not shown again."""
    async with caller.backend.reader() as uow:
        found = await uow.webhooks.of_household(caller.token.household_id)
    return Webhooks(webhooks=[WebhookView(id=h.id, url=h.url, kinds=list(h.kinds)) for h in found])


@router.post("/webhooks", status_code=201, responses=documented(409))
async def add_webhook(body: WebhookBody, caller: Admin) -> NewWebhook:
    """Post every change of the family there, from now on. Signed as standardwebhooks.com has it;
    tried again for a day with growing pauses; answer 410 to end it."""
    if not caller.api.signing_key:
        raise Problem(409, "Webhooks are off here: the server has no WEBHOOK_SIGNING_KEY.")
    unknown = set(body.kinds) - set(get_args(ChangeKind))
    if unknown:
        raise Problem(422, f"kinds are: {', '.join(get_args(ChangeKind))}.")
    await _check(body.url, caller.api.private_webhooks)
    ours, hook_id = caller.token.household_id, uuid4()
    async with caller.backend.uow() as uow:
        await uow.households.lock(ours)
        if len(await uow.webhooks.of_household(ours)) >= MOST:
            raise Problem(409, f"A family has {MOST} webhooks at most.")
        chat = Chat(uuid4(), ours, ChatAddress("http", hook_id.hex, True, WEBHOOK))
        await uow.chats.add(chat)
        told = await uow.changes.latest(ours)
        kinds = tuple(dict.fromkeys(body.kinds))
        await uow.webhooks.add(Webhook(hook_id, ours, chat.id, body.url, kinds, told))
        await uow.commit()
    secret = secret_of(caller.api.signing_key, hook_id)
    return NewWebhook(id=hook_id, url=body.url, kinds=list(kinds), secret=secret)


@router.delete("/webhooks/{webhook_id}", status_code=204, responses=documented(404))
async def remove_webhook(webhook_id: Annotated[UUID, Path()], caller: Admin) -> Response:
    """Tell it nothing more, not even what waits for it."""
    async with caller.backend.uow() as uow:
        gone = await uow.webhooks.remove(caller.token.household_id, webhook_id)
        await uow.commit()
    if not gone:
        raise Problem(404, "There is no such webhook.")
    return Response(status_code=204)


async def _check(url: str, private: bool) -> None:
    """Raises Problem 422 for what could never be posted to."""
    try:
        parts = urlsplit(url)
        if not parts.hostname or parts.username or parts.password or parts.port == 0:
            raise ValueError
        if parts.scheme != "https" and not private:
            raise Problem(422, "Webhooks are posted to https addresses only.")
        await pinned(url, private)
    except PrivateAddress:
        raise Problem(422, "That address lies in a private network.") from None
    except (ValueError, OSError, UnicodeError):
        raise Problem(422, "That address does not lead anywhere.") from None
