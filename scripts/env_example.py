"""Writes `.env.example` from the settings class, so that the two cannot drift apart.

Every setting is there, its description above it, commented out at its default.
"""

from __future__ import annotations

import textwrap

from bot.settings import Settings

HEADER = """\
# Copy this file to .env and uncomment what you want to change. Every line shows its default.
# Real environment variables win over the file. Written by `make env-example`.
#
# A secret, and an address that may hold a password, can also stand in a file of its own, as Docker,
# Kubernetes and Cloud Run mount them: TELEGRAM_BOT_TOKEN_FILE=/run/secrets/telegram_bot_token.
"""


def _shown(value: object) -> str:
    """A default as it is written in a .env file; nothing for a setting that is not set."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _entry(name: str, description: str, default: object) -> str:
    comment = textwrap.fill(description, width=100, initial_indent="# ", subsequent_indent="# ")
    return f"{comment}\n# {name.upper()}={_shown(default)}\n"


def render() -> str:
    """The whole file as text."""
    entries = [
        _entry(name, field.description or "", field.default)
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join([HEADER, *entries])


if __name__ == "__main__":
    print(render(), end="")
