"""Reading a price file; what is wrong with one is said in a sentence."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from bot.cost.estimate import PriceFile

SHIPPED = "bot/cost/prices.yaml"


class BadPriceFile(Exception):
    """Cannot be used; the message says why, and what to do."""


def read_price_file(path: Path | None = None) -> PriceFile:
    """path: left out, the file that the product ships. Raises BadPriceFile."""
    try:
        words = path.read_text("utf-8") if path else _shipped()
    except (OSError, UnicodeDecodeError) as error:
        raise BadPriceFile(f"The price file {path} cannot be read ({_why(error)}).") from None
    try:
        return PriceFile.model_validate(yaml.safe_load(words))
    except yaml.YAMLError:
        raise BadPriceFile(f"The price file {path} is not YAML. {_MODEL}") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise BadPriceFile(
            f"The price file {path} does not fit: {where + ': ' if where else ''}{said}. {_MODEL}"
        ) from None


_MODEL = f"{SHIPPED} shows what it looks like."


def _shipped() -> str:
    return (files("bot.cost") / "prices.yaml").read_text("utf-8")


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or "it is not text").lower()
