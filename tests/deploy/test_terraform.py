"""deploy/terraform, parsed: the document's sizes, rights and limits, and settings that there are.

Google's provider cannot be fetched where the suite runs, so nobody has asked it whether it knows
every argument; what Terraform says by itself (format, references, the sum of the connections) is
asked where there is a terraform."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import hcl2
import pytest

from bot.scaling.autoscale import Limits
from tests.deploy.budget import CLOUD_SQL_KEEPS, connections
from tests.deploy.reading import DEPLOY, is_a_role, setting_names

FOLDER = DEPLOY / "terraform"
FILES = sorted(FOLDER.glob("*.tf"))
TEXT = "\n".join(path.read_text("utf-8") for path in FILES)
needs_terraform = pytest.mark.skipif(
    shutil.which("terraform") is None, reason="there is no terraform here"
)


def plain(value: Any) -> Any:
    """Without the quotes and marks that the parser leaves in place."""
    if isinstance(value, str):
        return value.strip('"')
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {plain(k): plain(v) for k, v in value.items() if not k.startswith("__")}
    return value


PARSED = [plain(hcl2.loads(path.read_text("utf-8"))) for path in FILES]


def blocks(kind: str) -> list[dict[str, Any]]:
    return [block for parsed in PARSED for block in parsed.get(kind, [])]


RESOURCES: dict[str, dict[str, Any]] = {
    f"{kind}.{name}": body
    for block in blocks("resource")
    for kind, named in block.items()
    for name, body in named.items()
}
VARIABLES = {name: body for block in blocks("variable") for name, body in block.items()}


def default(name: str) -> Any:
    return VARIABLES[name]["default"]


def only(value: Any) -> Any:
    """The one block of its kind."""
    (found,) = value
    return found


def service(name: str) -> dict[str, Any]:
    found: dict[str, Any] = RESOURCES[f"google_cloud_run_v2_service.{name}"]
    return found


def test_the_defaults_are_the_document_s() -> None:
    limits = Limits()
    assert (default("instances_min"), default("instances_max")) == (limits.minimum, limits.maximum)
    assert default("region") == "us-central1"
    assert (default("database_version"), default("database_tier")) == ("POSTGRES_14", "db-f1-micro")
    assert default("redis_gb") == 1
    assert default("bucket") == "family-scheduler-checkpoints"
    assert all(body["description"] for body in VARIABLES.values())


@pytest.mark.parametrize(
    ("name", "called", "role", "idle"),
    [("api", "api-service", "serve", True), ("workers", "agent-workers", "worker", False)],
)
def test_services(name: str, called: str, role: str, idle: bool) -> None:
    found = service(name)
    assert found["name"] == called
    template = only(found["template"])
    scaling, container = only(template["scaling"]), only(template["containers"])
    assert scaling["min_instance_count"] == "${var.instances_min}"
    assert scaling["max_instance_count"] == "${var.instances_max}"
    assert is_a_role([*container["command"], *container["args"]])
    assert container["args"] == [role]
    resources = only(container["resources"])
    assert resources["limits"] == {"cpu": "2", "memory": "2Gi"}
    assert resources["cpu_idle"] is idle
    for probe in ("startup_probe", "liveness_probe"):
        assert only(only(container[probe])["http_get"])["path"] == "${local.health}"


def test_migrating_is_a_job() -> None:
    job = only(only(RESOURCES["google_cloud_run_v2_job.migrate"]["template"])["template"])
    container = only(job["containers"])
    assert is_a_role([*container["command"], *container["args"]])


def test_settings_exist_and_secrets_go_by_name() -> None:
    named = set(re.findall(r"^\s+([A-Z][A-Z_]+)\s+= ", TEXT, flags=re.MULTILINE))
    named |= set(re.findall(r'\["(\w+)", "(\w+)"\], var.more_secrets', TEXT)[0])
    assert named >= {"DATABASE_URL", "CELERY_BROKER_URL", "DATABASE_POOL_SIZE"}
    assert named <= setting_names()
    assert TEXT.count("secret_key_ref {") == 3
    data = [r["secret_data"] for n, r in RESOURCES.items() if "secret_version" in n]
    assert len(data) == 2


def test_the_database_can_be_had_back() -> None:
    settings = only(RESOURCES["google_sql_database_instance.family"]["settings"])
    backup = only(settings["backup_configuration"])
    assert backup["enabled"] is True
    assert backup["point_in_time_recovery_enabled"] is True
    assert backup["transaction_log_retention_days"] == 7
    assert RESOURCES["google_sql_database_instance.family"]["deletion_protection"] is True
    assert only(settings["ip_configuration"])["ipv4_enabled"] is False


def test_redis_and_the_bucket() -> None:
    redis = RESOURCES["google_redis_instance.broker"]
    assert (redis["redis_version"], redis["auth_enabled"]) == ("REDIS_6_X", True)
    bucket = RESOURCES["google_storage_bucket.checkpoints"]
    assert bucket["storage_class"] == "STANDARD"
    assert bucket["public_access_prevention"] == "enforced"
    rule = only(bucket["lifecycle_rule"])
    assert only(rule["condition"])["age"] == 30


def test_accounts_have_the_least_rights() -> None:
    roles = set(re.findall(r'"(roles/[\w.]+)"', TEXT))
    assert roles == {
        "roles/secretmanager.secretAccessor",
        "roles/storage.objectUser",
        "roles/run.invoker",
        "roles/run.admin",
        "roles/run.developer",
        "roles/artifactregistry.writer",
        "roles/logging.logWriter",
        "roles/iam.serviceAccountUser",
    }
    assert TEXT.count("allUsers") == 1
    build = (FOLDER / "build.tf").read_text("utf-8")
    assert "secretAccessor" not in build


def test_the_workers_may_change_their_own_number_and_nothing_else_does() -> None:
    assert re.search(r'SCALE_CLOUD_RUN = ".*/services/agent-workers"', TEXT)
    assert service("workers")["name"] == "agent-workers"
    assert only(service("workers")["lifecycle"])["ignore_changes"] == ["scaling"]
    grant = RESOURCES["google_cloud_run_v2_service_iam_member.scaling"]
    assert grant["name"] == "${google_cloud_run_v2_service.workers.name}"
    own = RESOURCES["google_service_account_iam_member.scaling"]
    workers = '${google_service_account.role["workers"].'
    assert own["service_account_id"].startswith(workers)
    assert grant["member"] == own["member"] == f"{workers}member}}"


def test_the_limits_of_the_alerts_are_the_document_s() -> None:
    alerts = (FOLDER / "alerts.tf").read_text("utf-8")
    limits = dict(re.findall(r"(\w+) = \{\n\s+name .*\n\s+filter .*\n\s+limit\s+= (.*)\n", alerts))
    assert limits["api_latency"] == "2000"
    assert limits["database_cpu"] == "0.8"
    errors = RESOURCES["google_monitoring_alert_policy.errors"]
    condition = only(only(errors["conditions"])["condition_threshold"])
    assert condition["threshold_value"] == 0.05


def test_the_connections_fit() -> None:
    most = default("instances_max")
    rows, threads = default("database_pool_size"), default("checkpoint_pool_size")
    needed = connections(receivers=most, workers=most, reminders=0, rows=rows, threads=threads)
    assert needed + CLOUD_SQL_KEEPS <= default("database_connections")


def test_the_push_is_built_as_cloudbuild_yaml_says() -> None:
    trigger = RESOURCES["google_cloudbuild_trigger.main"]
    assert (DEPLOY.parent / trigger["filename"]).exists()
    (build,) = [(DEPLOY / "cloudbuild.yaml").read_text("utf-8")]
    assert all(f"{name}:" in build for name in trigger["substitutions"])


def test_what_is_referred_to_exists() -> None:
    referred = set(re.findall(r"\b(google_\w+\.[a-z_]+|random_\w+\.[a-z_]+)\b(?!\.com)", TEXT))
    assert referred
    assert referred - set(RESOURCES) == set()
    assert set(re.findall(r"\bvar\.(\w+)", TEXT)) == set(VARIABLES)
    local = {name for block in blocks("locals") for name in block}
    assert set(re.findall(r"\blocal\.(\w+)", TEXT)) == local


@needs_terraform
def test_it_is_formatted() -> None:
    done = subprocess.run(
        ["terraform", "fmt", "-check", FOLDER], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip().startswith("deploy")) == (0, False)


@needs_terraform
@pytest.mark.parametrize(("most", "fine"), [(10, True), (11, False)])
def test_terraform_itself_refuses_more_than_the_database_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, fine: bool
) -> None:
    """With the variables alone, which ask for no provider."""
    monkeypatch.setenv("CHECKPOINT_DISABLE", "1")
    for name in ("variables.tf", "locals.tf"):
        (tmp_path / name).write_text((FOLDER / name).read_text("utf-8"), "utf-8")
    chosen = ["-var=project_id=demo", f"-var=instances_max={most}"]
    for command in (["init", "-backend=false"], ["plan", *chosen]):
        done = subprocess.run(
            ["terraform", command[0], "-input=false", "-no-color", *command[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode == 0) is fine, done.stderr
    assert ("more connections than that" in " ".join(done.stderr.split())) is not fine
