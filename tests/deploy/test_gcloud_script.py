"""deploy/gcloud.sh against a gcloud that writes down its arguments: rows 102 to 108 of the
checklist, secrets by reference, and a rollback that has somewhere to go."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from storage import migrate
from tests.deploy.budget import CLOUD_SQL_KEEPS, connections
from tests.deploy.cloud import AUTH, PROJECT, REDIS_HOST, Call, Told, gcloud_sh, printed
from tests.deploy.reading import DEPLOY, is_a_role, setting_names
from tests.house.sources import ROOT

ACCOUNT = f"@{PROJECT}.iam.gserviceaccount.com"
COMMIT = subprocess.run(
    ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.strip()
IMAGE = f"gcr.io/{PROJECT}/family-scheduler"
BUILDER = ["run.admin", "artifactregistry.writer", "logging.logWriter", "iam.serviceAccountUser"]
ALWAYS = ["DATABASE_URL", "CELERY_BROKER_URL"]


@pytest.fixture
def setup(tmp_path: Path) -> Told:
    told = gcloud_sh(tmp_path, "setup")
    assert told.code == 0, told.err
    return told


@pytest.fixture
def release(tmp_path: Path) -> Told:
    told = gcloud_sh(tmp_path, "release")
    assert told.code == 0, told.err
    return told


def references(call: Call) -> dict[str, str]:
    return dict(pair.split("=") for pair in call.flag("set-secrets").split(","))


def settings(call: Call) -> dict[str, str]:
    return dict(pair.split("=") for pair in call.flag("set-env-vars").split(","))


def test_row_102_the_image_is_tagged_latest_and_by_commit(release: Told) -> None:
    call = release.call("builds submit")
    assert call.flag("substitutions") == f"_IMAGE={IMAGE},_TAG={COMMIT}"
    assert call.flag("config") == "deploy/gcloud/build.yaml"
    written = (DEPLOY / "gcloud/build.yaml").read_text("utf-8")
    assert 'images: ["${_IMAGE}:${_TAG}", "${_IMAGE}:latest"]' in written


@pytest.mark.parametrize(
    ("service", "role"), [("api-service", "serve"), ("agent-workers", "worker")]
)
def test_rows_103_and_105_both_services(release: Told, service: str, role: str) -> None:
    call = release.call(f"run deploy {service}")
    assert "--platform=managed" in call.words
    assert call.flag("region") == "us-central1"
    assert call.flag("image") == f"{IMAGE}:{COMMIT}"
    assert is_a_role([call.flag("command"), call.flag("args")])
    assert call.flag("args") == role
    assert (call.flag("cpu"), call.flag("memory")) == ("2", "2Gi")
    assert (call.flag("min-instances"), call.flag("max-instances")) == ("1", "10")
    assert list(references(call)) == ALWAYS
    assert set(settings(call)) | set(references(call)) <= setting_names()


def test_row_104_anyone_may_call_the_api_and_nobody_the_workers(release: Told) -> None:
    """That the product answers no one without a token is `test_alone_it_migrates_a_file_…`."""
    assert "--allow-unauthenticated" in release.call("run deploy api-service").words
    workers = release.call("run deploy agent-workers").words
    assert {"--no-allow-unauthenticated", "--ingress=internal", "--no-cpu-throttling"} <= set(
        workers
    )


def test_the_schema_comes_before_what_needs_it(release: Told) -> None:
    order = [" ".join(call.words[:3]) for call in release.calls]
    assert order == [
        "builds submit .",
        "run jobs deploy",
        "run deploy api-service",
        "run deploy agent-workers",
        "run services add-iam-policy-binding",
    ]
    job = release.call("run jobs deploy migrate")
    assert is_a_role([job.flag("command"), *job.flag("args").split(",")])
    assert {"--execute-now", "--wait"} <= set(job.words)


def test_rows_106_to_108_database_redis_bucket(setup: Told) -> None:
    database = setup.call("sql instances create")
    assert database.flag("database-version") == "POSTGRES_14"
    assert database.flag("tier") == "db-f1-micro"
    assert database.flag("region") == "us-central1"
    assert "--enable-point-in-time-recovery" in database.words
    assert database.flag("retained-transaction-log-days") == "7"
    redis = setup.call("redis instances create")
    assert (redis.flag("size"), redis.flag("redis-version")) == ("1", "redis_6_x")
    assert redis.flag("region") == "us-central1"
    bucket = setup.call("storage buckets create gs://family-scheduler-checkpoints")
    assert bucket.flag("default-storage-class") == "STANDARD"
    assert bucket.flag("location") == "us-central1"
    rules = json.loads(
        (ROOT / setup.call("storage buckets update").flag("lifecycle-file")).read_text()
    )
    assert [rule["condition"]["age"] for rule in rules["rule"]] == [30]


def test_row_106_the_connections_fit(setup: Told, release: Told) -> None:
    (flag,) = [setup.call("sql instances create").flag("database-flags")]
    cap = int(flag.removeprefix("max_connections="))
    workers, api = (release.call(f"run deploy {s}") for s in ("agent-workers", "api-service"))
    assert settings(workers) == settings(api)
    needed = connections(
        receivers=int(api.flag("max-instances")),
        workers=int(workers.flag("max-instances")),
        reminders=0,
        rows=int(settings(workers)["DATABASE_POOL_SIZE"]),
        threads=int(settings(workers)["CHECKPOINT_POOL_SIZE"]),
    )
    assert needed + CLOUD_SQL_KEEPS <= cap


def test_no_secret_is_an_argument(setup: Told) -> None:
    user = setup.call("sql users create family")
    (password,) = re.fullmatch(r'--password: "([\w-]{40,})"\n', user.file).groups()
    assert user.mode == 0o600
    assert not Path(user.flag("flags-file")).exists()
    given = {
        call.words[3]: call.stdin for call in setup.calls if call.begins("secrets versions add")
    }
    assert given == {
        "database-url": f"postgresql://family:{password}@/family"
        f"?host=/cloudsql/{PROJECT}:us-central1:family-scheduler-db",
        "celery-broker-url": f"redis://:{AUTH}@{REDIS_HOST}:6379/0",
    }
    said = setup.out + setup.err + str([call.words for call in setup.calls])
    assert password not in said
    assert AUTH not in said


def test_each_account_may_do_what_it_has_to(setup: Told) -> None:
    granted = {
        (
            call.flag("member").removeprefix("serviceAccount:").removesuffix(ACCOUNT),
            call.flag("role"),
        )
        for call in setup.calls
        if "add-iam-policy-binding" in call.words
    }
    both = {"roles/cloudsql.client", "roles/secretmanager.secretAccessor"}
    assert granted == {
        *(("family-build", f"roles/{role}") for role in BUILDER),
        *(("family-api", role) for role in both),
        *(("family-workers", role) for role in both | {"roles/storage.objectUser"}),
        ("family-workers", "roles/iam.serviceAccountUser"),
    }


def test_the_workers_may_change_how_many_they_are(setup: Told, release: Told) -> None:
    named = settings(release.call("run deploy agent-workers"))["SCALE_CLOUD_RUN"]
    assert named == f"projects/{PROJECT}/locations/us-central1/services/agent-workers"
    right = release.call("run services add-iam-policy-binding agent-workers")
    assert right.flag("role") == "roles/run.developer"
    (own,) = [
        call
        for call in setup.calls
        if call.begins(f"iam service-accounts add-iam-policy-binding family-workers{ACCOUNT}")
        and "family-workers" in call.flag("member")
    ]
    assert own.flag("role") == "roles/iam.serviceAccountUser"
    assert right.flag("member") == own.flag("member")


def test_a_secret_of_one_s_own(tmp_path: Path) -> None:
    told = gcloud_sh(tmp_path, "secret", "TELEGRAM_BOT_TOKEN", stdin="marker-of-telegram")
    assert told.code == 0
    assert told.call("secrets versions add telegram-bot-token").stdin == "marker-of-telegram"
    assert "marker-of-telegram" not in told.out + told.err
    more = {"MORE_SECRETS": "TELEGRAM_BOT_TOKEN", "PUBLIC_BASE_URL": "https://family.example"}
    deployed = gcloud_sh(tmp_path, "deploy", **more).call("run deploy api-service")
    assert references(deployed)["TELEGRAM_BOT_TOKEN"] == "telegram-bot-token:latest"
    assert settings(deployed)["TELEGRAM_MODE"] == "webhook"
    assert set(settings(deployed)) <= setting_names()


def test_back_to_a_commit_with_its_schema(tmp_path: Path) -> None:
    told = gcloud_sh(tmp_path, "rollback", "HEAD")
    assert told.code == 0, told.err
    assert [" ".join(call.words[:3]) for call in told.calls] == [
        "artifacts docker images",
        "sql backups create",
        "run jobs update",
        "run jobs execute",
        "run deploy api-service",
        "run deploy agent-workers",
        "run services add-iam-policy-binding",
    ]
    newest = sorted(p.name for p in (ROOT / "storage/migrations/versions").glob("0*.py"))[-1]
    assert newest.startswith(str(migrate.head()))
    assert told.call("run jobs update migrate").flag("args") == f"migrate,--to,{migrate.head()}"
    assert told.call("run deploy api-service").flag("image") == f"{IMAGE}:{COMMIT}"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["rollback"], "To which commit?"),
        (["rollback", "no-such-commit"], "There is no commit no-such-commit here."),
        (["secret"], "Which setting?"),
        (["trigger", "alone"], "Which repository?"),
        (["scale"], "How many workers? From 1 to 10."),
        (["scale", "11"], "How many workers? From 1 to 10."),
        (["setup", "everything"], "There is no part everything"),
        (["nonsense"], "deploy/gcloud.sh [--dry-run] release"),
        ([], "deploy/gcloud.sh [--dry-run] release"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: list[str], says: str) -> None:
    told = gcloud_sh(tmp_path, *words)
    assert told.code == 2
    assert says in told.err
    assert told.calls == []


def test_it_needs_a_project(tmp_path: Path) -> None:
    told = gcloud_sh(tmp_path, "deploy", PROJECT_ID="")
    assert (told.code, told.err) == (2, "Set PROJECT_ID to your Google Cloud project.\n")


def test_row_68_a_push_to_main_is_a_release(tmp_path: Path) -> None:
    call = gcloud_sh(tmp_path, "trigger", "rivera/scheduler").call("builds triggers create github")
    assert (call.flag("repo-owner"), call.flag("repo-name")) == ("rivera", "scheduler")
    assert call.flag("branch-pattern") == "^main$"
    assert (ROOT / call.flag("build-config")).exists()
    assert call.flag("service-account").endswith(f"family-build{ACCOUNT}")


def test_as_many_workers_as_one_says(tmp_path: Path) -> None:
    assert (
        gcloud_sh(tmp_path, "scale", "4").call("run services update agent-workers").flag("min")
        == "4"
    )


@pytest.mark.parametrize(
    "words", [["setup"], ["release"], ["trigger", "o/r"], ["rollback", "HEAD"], ["scale", "3"]]
)
def test_a_dry_run_prints_what_would_be_run_and_runs_nothing(
    tmp_path: Path, words: list[str]
) -> None:
    dry = gcloud_sh(tmp_path, "--dry-run", *words)
    assert (dry.code, dry.err, dry.calls) == (0, "", [])
    looks = ("secrets describe", "redis instances describe", "redis instances get-auth-string")
    real = [
        c for c in gcloud_sh(tmp_path, *words).calls if not any(c.begins(look) for look in looks)
    ]
    assert [_but_files(call) for call in printed(dry)] == [_but_files(call) for call in real]


def _but_files(call: Call) -> list[str]:
    return [word for word in call.words if not word.startswith("--flags-file=")]
