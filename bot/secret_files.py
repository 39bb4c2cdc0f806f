"""Secrets that stand in files: NAME_FILE=/run/secrets/name beside each secret setting NAME.

Docker, Kubernetes and Cloud Run hand secrets over as mounted files, which no child process
inherits and no listing of an environment shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

MOST_BYTES = 65_536


class SecretFileProblem(Exception):
    """setting: the one that names the file. why: what is wrong, without what stands in it."""

    def __init__(self, setting: str, why: str) -> None:
        super().__init__(f"{setting}: {why}")
        self.setting, self.why = setting, why


def is_secret(field: FieldInfo) -> bool:
    """Whether a setting may be given as a file: what no repr shows, passwords in addresses too."""
    return field.repr is False or "SecretStr" in str(field.annotation)


class SecretFiles(PydanticBaseSettingsSource):
    """given: what the environment and .env say, by lower-case name, the stronger one first. A
    setting that says something itself is stronger than a file for it."""

    def __init__(self, settings: type[BaseSettings], *given: Mapping[str, str | None]) -> None:
        super().__init__(settings)
        self._given = given

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        named = f"{field_name}_file"
        for said in self._given:
            if said.get(field_name):
                break
            if path := said.get(named):
                return _content(named.upper(), Path(path)), field_name, False
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """Raises SecretFileProblem."""
        secrets = {n: f for n, f in self.settings_cls.model_fields.items() if is_secret(f)}
        found = {name: self.get_field_value(field, name)[0] for name, field in secrets.items()}
        return {name: value for name, value in found.items() if value is not None}


def _content(setting: str, path: Path) -> str:
    """The file's text; editors and `echo` end it with a line feed that is no part of it."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        words = raw.decode("utf-8").strip()
    except FileNotFoundError:
        raise SecretFileProblem(setting, "there is no such file") from None
    except IsADirectoryError:
        raise SecretFileProblem(setting, "that is a folder") from None
    except PermissionError:
        raise SecretFileProblem(setting, "this process may not read the file") from None
    except (OSError, ValueError):
        raise SecretFileProblem(setting, "the file cannot be read as text") from None
    if len(raw) > MOST_BYTES:
        raise SecretFileProblem(setting, "the file is too large for a secret")
    if not words:
        raise SecretFileProblem(setting, "the file is empty")
    return words
