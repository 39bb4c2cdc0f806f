"""`family-scheduler rotate`: what is stored under an old key is encrypted with the newest one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import typer
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.settings import Settings
from bot.slack.installations import cipher
from scheduling.ports import UnitOfWork
from storage.engine import open_database
from storage.migrate import check


@dataclass(frozen=True, slots=True)
class Rotated:
    """renewed: encrypted anew. current: were under the newest key before. lost: workspaces whose
    tokens no key of ours reads."""

    renewed: int
    current: int
    lost: tuple[str, ...]


def run(settings: Settings) -> int:
    """Returns 0 when nothing is left under an older key; 1 otherwise, after saying what to do."""
    key = settings.slack_encryption_key
    try:
        keys = cipher(key.get_secret_value() if key else "")
        newest = Fernet((key.get_secret_value() if key else "").split(",")[0].strip())
    except ValueError:
        typer.echo(
            "Set SLACK_ENCRYPTION_KEY to NEW,OLD; `family-scheduler key` makes one.", err=True
        )
        return 1
    if problems := check(settings.database_url):
        typer.echo("\n".join(problems), err=True)
        return 1
    found = asyncio.run(rotate(settings.database_url, newest, keys))
    typer.echo(f"{found.renewed} tokens were encrypted anew, {found.current} were already.")
    if found.lost:
        typer.echo(
            f"No key reads the tokens of {', '.join(found.lost)}: add the key they are under "
            "behind the others, or have those workspaces install the app again.",
            err=True,
        )
        return 1
    return 0


async def rotate(database_url: str, newest: Fernet, keys: MultiFernet) -> Rotated:
    """keys: the newest first. Can be repeated, and while the product runs: what is saved meanwhile
    stays as it was saved, which is under the newest key of whoever saved it."""
    database = open_database(database_url)
    renewed, current = 0, 0
    lost: list[str] = []
    try:
        async with database.uow() as uow:
            for space, sealed in await uow.installations.all("slack"):
                if _reads(newest, sealed):
                    current += 1
                elif not _reads(keys, sealed):
                    lost.append(space)
                else:
                    renewed += await _renew(uow, keys, space, sealed)
            await uow.commit()
    finally:
        await database.close()
    return Rotated(renewed, current, tuple(lost))


async def _renew(uow: UnitOfWork, keys: MultiFernet, space: str, sealed: str) -> bool:
    again = keys.rotate(sealed.encode()).decode()
    return await uow.installations.replace("slack", space, sealed, again)


def _reads(key: Fernet | MultiFernet, sealed: str) -> bool:
    try:
        key.decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True
