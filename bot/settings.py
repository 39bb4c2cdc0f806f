"""Every setting of the product, in one place; `.env.example` documents each (tested).

Read from the environment and from a `.env` file in the working directory; a secret also from the
file that NAME_FILE names.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.secret_files import SecretFiles


class Settings(BaseSettings):
    """Settings of one process. Secrets never show in a repr, a log or an error."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        hide_input_in_errors=True,
    )

    database_url: str = Field(
        "sqlite:///data/family.db",
        repr=False,  # there may be a password in it
        description="Where everything is kept: sqlite:///PATH or postgresql://USER@HOST/NAME.",
    )
    default_timezone: str = Field(
        "America/New_York", description="IANA zone offered to a new family until it chooses."
    )
    telegram_bot_token: SecretStr | None = Field(
        None, description="From BotFather; without it Telegram is off."
    )
    telegram_api_base_url: str = Field(
        "https://api.telegram.org", description="Where the Telegram Bot API is spoken to."
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        "polling", description="polling needs no public address; webhook needs PUBLIC_BASE_URL."
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None,
        description="Webhook mode: the secret Telegram repeats in a header (1-256 of A-Za-z0-9_-).",
    )
    slack_mode: Literal["socket", "http"] = Field(
        "socket",
        description="socket needs no public address; http needs PUBLIC_BASE_URL and the secret.",
    )
    slack_bot_token: SecretStr | None = Field(
        None, description="xoxb-…, of one workspace; without it and SLACK_CLIENT_ID Slack is off."
    )
    slack_app_token: SecretStr | None = Field(
        None, description="xapp-…, for Socket Mode (scope connections:write)."
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="HTTP mode: what Slack signs its requests with."
    )
    slack_client_id: str = Field(
        "", description="To let many workspaces install the app (OAuth), with the two below."
    )
    slack_client_secret: SecretStr | None = Field(
        None, description="The app's client secret, beside SLACK_CLIENT_ID."
    )
    slack_encryption_key: SecretStr | None = Field(
        None,
        description="Fernet key that encrypts the tokens of installed workspaces; to change it, "
        "put the new one first and a comma between.",
    )
    slack_api_base_url: str = Field(
        "https://slack.com", description="Where Slack's Web API is spoken to."
    )
    llm_provider: Literal["none", "openai", "anthropic"] = Field(
        "none",
        description="Whose language model reads what the grammar cannot; none sends nothing.",
    )
    openai_api_key: SecretStr | None = Field(
        None, description="For LLM_PROVIDER=openai; a server of your own may take any word."
    )
    openai_base_url: str = Field(
        "https://api.openai.com/v1",
        description="Any server that speaks OpenAI's API: Ollama, vLLM, llama.cpp.",
    )
    anthropic_api_key: SecretStr | None = Field(None, description="For LLM_PROVIDER=anthropic.")
    anthropic_base_url: str = Field(
        "https://api.anthropic.com", description="Where Anthropic's API is spoken to."
    )
    voice_api_key: SecretStr | None = Field(
        None,
        description="For voice messages: OpenAI's key, or any word for a server of your own; "
        "without it they are not listened to.",
    )
    voice_base_url: str = Field(
        "https://api.openai.com/v1",
        description="Any server with OpenAI's audio endpoint: whisper.cpp, faster-whisper.",
    )
    voice_model: str = Field(
        "gpt-4o-mini-transcribe", description="The model that writes down voice messages."
    )
    voice_timeout_seconds: float = Field(
        30.0, description="How long writing down a voice message may take.", gt=0
    )
    llm_models: dict[str, str] = Field(
        {},
        description='A model for each agent, as JSON: {"nl_parser": "gpt-5-mini"}; "" stands for '
        "the others. Empty: a cheap one of the provider's.",
    )
    llm_prices: dict[str, tuple[float, float]] = Field(
        {},
        description='US dollars for a million tokens in and out, as JSON: {"gpt-5-mini": '
        "[0.25, 2.0]}; beside the prices that are known.",
    )
    llm_timeout_seconds: float = Field(
        10.0, description="How long a model may think before the grammar goes on alone.", gt=0
    )
    llm_daily_budget_usd: float = Field(
        0.20, description="What a family's messages may cost a day; then the grammar reads.", ge=0
    )
    cost_prices_file: str = Field(
        "",
        description="What `family-scheduler cost` reckons with; empty: the estimate it comes with.",
    )
    public_base_url: str = Field(
        "",
        description="The https address of this server, for webhooks, Slack and calendar links.",
    )
    http_host: str = Field("127.0.0.1", description="Address the HTTP server listens on.")
    http_port: int = Field(8000, description="Port the HTTP server listens on.", ge=0, le=65535)
    http_enabled: bool = Field(
        False,
        description="Serve HTTP (the API, health, calendar links, webhook) beside polling, in "
        "`serve`.",
    )
    http_cors_origins: list[str] = Field(
        [], description='Web pages that may call the API, as JSON: ["https://calendar.example"].'
    )
    trusted_proxies: str = Field(
        "",
        description="Proxies in front of the HTTP server whose X-Forwarded-For and -Proto are "
        "believed: addresses or networks, with commas between; * = whoever connects.",
    )
    api_rate_per_minute: int = Field(
        120,
        description="Requests a minute that an API token may make; 0 = as many as it likes.",
        ge=0,
    )
    webhook_signing_key: SecretStr | None = Field(
        None,
        description="A long random word that webhooks are signed by; without it there are none.",
    )
    webhook_private_addresses: bool = Field(
        False, description="Also post webhooks to http and to addresses of a private network."
    )
    celery_broker_url: str = Field(
        "",
        repr=False,  # there may be a password in it
        description="redis://localhost:6379/0: `serve` only receives, and workers do the rest.",
    )
    cache_url: str = Field(
        "",
        repr=False,  # there may be a password in it
        description="redis://localhost:6379/1: what is asked again is remembered there; unset, "
        "the database is asked each time.",
    )
    port: int | None = Field(
        None,
        description="As Cloud Run sets it: HTTP's port instead of HTTP_PORT, and the health port "
        "of workers and reminders, which have none where it is unset.",
        ge=0,
        le=65535,
    )
    scale_cloud_run: str = Field(
        "",
        description="projects/PROJECT/locations/REGION/services/NAME: the Cloud Run service of the "
        "workers, whose number they set by what waits; empty: nobody does.",
        pattern=r"^(projects/[^/]+/locations/[^/]+/services/[^/]+)?$",
    )
    cloud_run_base_url: str = Field(
        "https://run.googleapis.com", description="Where Cloud Run's Admin API is spoken to."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much is logged."
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="console for people; json in the fields of Cloud Logging."
    )
    google_cloud_project: str = Field(
        "", description="With LOG_FORMAT=json: the project whose traces a line links to."
    )
    metrics_token: SecretStr | None = Field(
        None,
        description="A long random word that Prometheus shows to read /metrics; without it there "
        "is none.",
    )
    admin_chat: str = Field(
        "",
        description="Where whoever runs this is told of trouble: telegram:CHAT or "
        "slack:TEAM:CHANNEL, in which the bot was spoken to; empty: nowhere.",
    )
    cost_alert_usd_per_day: float = Field(
        5.0,
        description="What models may cost all families together a day before ADMIN_CHAT is told.",
        ge=0,
    )
    otlp_endpoint: str = Field(
        "",
        description="Where traces go (OTLP over HTTP): http://localhost:4318; empty: nowhere.",
    )
    lease_seconds: float = Field(
        10.0, description="How long a claimed row stays with a process that died.", gt=0
    )
    wake_seconds: float = Field(
        15.0, description="How often the loops look by themselves, whatever woke them.", gt=0
    )
    database_pool_size: int = Field(
        5, description="PostgreSQL connections for domain rows, a process.", ge=1
    )
    checkpoint_pool_size: int = Field(
        3, description="PostgreSQL connections for LangGraph checkpoints, a process.", ge=1
    )
    backup_dir: str = Field(
        "",
        description="A folder for a backup every night, of one process; empty: there are none.",
    )
    backup_keep_days: int = Field(
        7, description="How many days backups are kept, and how far back any time is kept.", ge=1
    )
    postgres_bin_dir: str = Field(
        "", description="Where pg_dump and its like lie, if not on the PATH."
    )
    wal_archive_dir: str = Field(
        "",
        description="The folder into which PostgreSQL archives its log: with it, every night's "
        "backup can be rolled forward to any time after it.",
    )
    archive_url: str = Field(
        "",
        description="Where finished requests' checkpoints go: a folder, or gs://BUCKET/PREFIX; "
        "without it they stay in the database.",
    )
    archive_after_days: int = Field(
        30, description="Days after which a finished request's checkpoint is archived.", ge=1
    )
    inbox_keep_days: int = Field(
        90, description="Days that messages to the bot are kept once done; 0 = for ever.", ge=0
    )
    outbox_keep_days: int = Field(
        90, description="Days that the bot's own messages are kept once sent; 0 = for ever.", ge=0
    )
    audit_keep_days: int = Field(
        365, description="Days that it is kept who changed what; 0 = for ever.", ge=0
    )
    conflicts_keep_days: int = Field(
        365,
        description="Days that clashes and questions are kept once settled; 0 = for ever.",
        ge=0,
    )
    family_scheduler_crash_at: int | None = Field(
        None, description="Tests only: kill this process at the N-th crash point it reaches."
    )

    @field_validator(
        "telegram_bot_token",
        "telegram_webhook_secret",
        "slack_bot_token",
        "slack_app_token",
        "slack_signing_secret",
        "slack_client_secret",
        "slack_encryption_key",
        "openai_api_key",
        "anthropic_api_key",
        "voice_api_key",
        "webhook_signing_key",
        "metrics_token",
        "port",
        "family_scheduler_crash_at",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        """`NAME=` in a .env file means the setting is not used."""
        return None if value == "" else value

    @property
    def listening_port(self) -> int:
        """Where `serve` listens."""
        return self.http_port if self.port is None else self.port

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, secrets' files, environment, .env: a file for a secret counts where nothing
        stronger says something itself."""
        assert isinstance(env_settings, EnvSettingsSource)
        assert isinstance(dotenv_settings, DotEnvSettingsSource)
        files = SecretFiles(settings_cls, env_settings.env_vars, dotenv_settings.env_vars)
        return init_settings, files, env_settings, dotenv_settings
