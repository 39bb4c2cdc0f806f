"""What doctor says, setting by setting; and that no command answers them with a traceback."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.doctor import Finding, findings
from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.telegram import Telegram
from bot.settings import Settings

SECRET = "MARKER-5ecret"
RUN = "from bot.cli import main; main()"
FERNET = "cryptography_fernet_key_of_32_bytes_long_ok="
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-good", "SLACK_APP_TOKEN": "xapp-good"}
OAUTH = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": SECRET,
    "PUBLIC_BASE_URL": "https://x.example",
}


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no setting in the environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def slack_api(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
    """As much of Slack's Web API as doctor asks: whose token that is, and a socket's address."""
    token = dict(scope["headers"]).get(b"authorization", b"").decode()
    known = "good" in token
    told = {"ok": True, "team_id": "T1", "team": "Riveras", "user_id": "U1", "url": "wss://x"}
    answer = json.dumps(told if known else {"ok": False, "error": "invalid_auth"}).encode()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


@pytest.fixture
async def slack_url() -> AsyncIterator[str]:
    server = Loopback(slack_api)
    await server.start()
    yield server.base_url
    await server.stop()


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as counterpart:
        yield counterpart


Examine = Callable[[Mapping[str, str]], Any]


@pytest.fixture
def examine(
    telegram: Telegram, slack_url: str, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Examine:
    """Doctor's findings with these settings, beside a good database and both platforms."""

    async def found(given: Mapping[str, str]) -> list[Finding]:
        here = {
            "DATABASE_URL": sqlite_url,
            "TELEGRAM_API_BASE_URL": telegram.base_url,
            "SLACK_API_BASE_URL": slack_url,
        }
        for name, value in {**here, **given}.items():
            monkeypatch.setenv(name, value.replace("{token}", telegram.state.token))
        return await asyncio.to_thread(lambda: list(findings()))

    return found


GOOD: list[tuple[dict[str, str], str]] = [
    ({}, "The settings can be read."),
    ({}, "Zone data is here (America/New_York)."),
    ({}, "The database answers and is up to date (SQLite)."),
    ({}, "Telegram is off."),
    ({}, "Slack is off."),
    ({"TELEGRAM_BOT_TOKEN": "{token}"}, "Telegram knows this bot as @family_bot."),
    (SOCKET, "Slack knows this app in Riveras."),
    (
        {**OAUTH, "SLACK_APP_TOKEN": "xapp-good", "SLACK_ENCRYPTION_KEY": FERNET},
        "Slack knows this app in any workspace that installs it.",
    ),
]


@pytest.mark.parametrize(("given", "says"), GOOD, ids=[says for _, says in GOOD])
async def test_nothing_is_wrong(examine: Examine, given: dict[str, str], says: str) -> None:
    found = await examine(given)
    assert [f.what for f in found if f.ok is False] == []
    assert says in [f.what for f in found]


WEBHOOK = {
    "TELEGRAM_BOT_TOKEN": "{token}",
    "TELEGRAM_MODE": "webhook",
    "TELEGRAM_WEBHOOK_SECRET": SECRET,
    "PUBLIC_BASE_URL": "https://x.example",
}
NO_TELEGRAM = {"TELEGRAM_BOT_TOKEN": "{token}", "TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}
NO_SLACK = {**SOCKET, "SLACK_API_BASE_URL": "http://127.0.0.1:9"}
A_DATABASE = "DATABASE_URL: A database address looks like"

BAD: list[tuple[dict[str, str], str, str]] = [
    ({"HTTP_PORT": SECRET}, "HTTP_PORT should be a valid integer.", ".env"),
    ({"HTTP_PORT": "70000"}, "HTTP_PORT should be less than or equal to 65535.", ".env"),
    ({"HTTP_PORT": ""}, "HTTP_PORT should be a valid integer.", ".env"),
    ({"TELEGRAM_MODE": SECRET}, "TELEGRAM_MODE should be 'polling' or 'webhook'.", ".env"),
    ({"LOG_LEVEL": SECRET}, "LOG_LEVEL should be", ".env"),
    ({"DEFAULT_TIMEZONE": SECRET}, "There is no zone data for DEFAULT_TIMEZONE.", "Europe/Paris"),
    ({"DATABASE_URL": SECRET}, A_DATABASE, ".env"),
    ({"DATABASE_URL": ""}, A_DATABASE, ".env"),
    ({"DATABASE_URL": f"mysql://root:{SECRET}@host/db"}, A_DATABASE, ".env"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@host:port/db"}, A_DATABASE, ".env"),
    ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL: A SQLite database needs a file", ".env"),
    ({"DATABASE_URL": "sqlite:///empty.db"}, "The database is empty", "migrate"),
    ({"DATABASE_URL": "sqlite:////proc/no/x.db"}, "The database cannot be reached", "DATABASE_URL"),
    (
        {"DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:9/x"},
        "The database cannot be reached",
        "DATABASE_URL",
    ),
    (
        {"TELEGRAM_BOT_TOKEN": f"1:{SECRET}"},
        "Telegram: it does not know this token.",
        "with BotFather, and TELEGRAM_API_BASE_URL",
    ),
    (NO_TELEGRAM, "Telegram: it can't be reached from here.", "TELEGRAM_API_BASE_URL"),
    (
        {"TELEGRAM_BOT_TOKEN": "{token}", "TELEGRAM_API_BASE_URL": SECRET},
        "TELEGRAM_API_BASE_URL is no http address.",
        "usual one",
    ),
    (
        {**WEBHOOK, "TELEGRAM_WEBHOOK_SECRET": ""},
        "Without a secret anyone could post",
        "TELEGRAM_WEBHOOK_SECRET",
    ),
    (
        {**WEBHOOK, "TELEGRAM_WEBHOOK_SECRET": f"{SECRET} with spaces"},
        "Telegram takes no such secret.",
        "TELEGRAM_WEBHOOK_SECRET",
    ),
    ({**WEBHOOK, "PUBLIC_BASE_URL": ""}, "Telegram posts to https", "PUBLIC_BASE_URL"),
    ({"SLACK_BOT_TOKEN": "xoxb-good"}, "Slack needs SLACK_APP_TOKEN", "Set SLACK_APP_TOKEN"),
    (
        {"SLACK_BOT_TOKEN": "xoxb-good", "SLACK_MODE": "http"},
        "Slack needs SLACK_SIGNING_SECRET",
        "Set SLACK_SIGNING_SECRET",
    ),
    ({**SOCKET, "SLACK_BOT_TOKEN": SECRET}, "Slack: it does not know this token.", "tokens"),
    ({**SOCKET, "SLACK_APP_TOKEN": SECRET}, "Slack: it does not know this token.", "tokens"),
    (NO_SLACK, "Slack: it can't be reached from here.", "SLACK_API_BASE_URL"),
    ({**SOCKET, "SLACK_API_BASE_URL": SECRET}, "SLACK_API_BASE_URL is no http", "usual one"),
    ({**SOCKET, **OAUTH}, "Slack needs SLACK_ENCRYPTION_KEY", "Set SLACK_ENCRYPTION_KEY"),
    (
        {**SOCKET, **OAUTH, "SLACK_ENCRYPTION_KEY": SECRET},
        "SLACK_ENCRYPTION_KEY is not a Fernet key.",
        "family-scheduler key",
    ),
    (
        {**SOCKET, **OAUTH, "SLACK_ENCRYPTION_KEY": FERNET, "SLACK_CLIENT_SECRET": ""},
        "Slack needs SLACK_CLIENT_SECRET",
        "Set SLACK_CLIENT_SECRET",
    ),
    (
        {**SOCKET, **OAUTH, "SLACK_ENCRYPTION_KEY": FERNET, "PUBLIC_BASE_URL": ""},
        "Slack needs PUBLIC_BASE_URL",
        "Set PUBLIC_BASE_URL",
    ),
]


@pytest.mark.parametrize(("given", "what", "mend"), BAD, ids=[str(g) for g, *_ in BAD])
async def test_what_is_wrong_and_how_to_mend_it(
    examine: Examine, given: dict[str, str], what: str, mend: str
) -> None:
    wrong = [f for f in await examine(given) if f.ok is False]
    assert [f.what.startswith(what) for f in wrong] == [True]
    assert mend in wrong[0].mend
    assert SECRET not in wrong[0].what + wrong[0].mend


COMMANDS = [
    ("migrate", {"DATABASE_URL": SECRET}, "DATABASE_URL|A database address"),
    ("migrate", {"DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:9/x"}, "cannot be reached"),
    ("migrate", {"HTTP_PORT": SECRET}, "HTTP_PORT should be a valid integer"),
    ("migrate --to nonsense", {"DATABASE_URL": "sqlite:///x.db"}, "nonsense"),
    ("serve", {"HTTP_PORT": SECRET}, "HTTP_PORT should be a valid integer"),
    ("serve", {"DATABASE_URL": f"mysql://u:{SECRET}@h/x"}, "DATABASE_URL"),
    ("serve", {**WEBHOOK, "TELEGRAM_WEBHOOK_SECRET": ""}, "Without a secret"),
    ("serve", {"SLACK_BOT_TOKEN": SECRET, "SLACK_MODE": "http"}, "SLACK_SIGNING_SECRET"),
    ("chat", {"DEFAULT_TIMEZONE": SECRET}, "DEFAULT_TIMEZONE"),
    ("doctor", {"LOG_LEVEL": SECRET}, "LOG_LEVEL should be"),
]


@pytest.mark.parametrize(("command", "given", "says"), COMMANDS)
def test_a_command_says_what_is_wrong_and_ends(
    command: str, given: dict[str, str], says: str, nowhere: Path
) -> None:
    root = Path(__file__).parents[2]
    start = f"import sys; sys.path.insert(0, {str(root)!r}); {RUN}"
    done = subprocess.run(
        [sys.executable, "-c", start, *command.split()],
        cwd=nowhere,
        env={"PATH": "", "NO_COLOR": "1", **given},
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert any(words in said for words in says.split("|"))
    assert "Traceback" not in said
    assert SECRET not in said


def test_the_first_start_makes_the_folder_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `make run` does on a new machine, where there is nothing yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    result = CliRunner().invoke(app, ["migrate"])
    assert (result.exit_code, "is at revision" in result.output) == (0, True)
    assert (tmp_path / "data" / "family.db").exists()
