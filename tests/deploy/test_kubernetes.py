"""deploy/kubernetes: valid by the API's own schemas, confined, probed, and about roles and settings
that there are. KEDA's two kinds are not among those schemas: their fields are looked at here."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

import kubernetes_validate
import pytest
import yaml

from bot.queue import celery_app
from bot.scaling.autoscale import Limits
from tests.deploy.reading import DEPLOY, documents, instructions, is_a_role, setting_names
from tests.house.sources import ROOT

FOLDER = DEPLOY / "kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text("utf-8"))
OBJECTS: list[dict[str, Any]] = [
    found for name in KUSTOMIZATION["resources"] for found in documents(f"kubernetes/{name}")
]
KEDA = ("ScaledObject", "TriggerAuthentication")
VERSIONS = ("1.30", "1.37")
COMPONENT = "app.kubernetes.io/component"


def named(kind: str, name: str) -> dict[str, Any]:
    (found,) = [o for o in OBJECTS if (o["kind"], o["metadata"]["name"]) == (kind, name)]
    return found


def of_kind(*kinds: str) -> list[dict[str, Any]]:
    return [found for found in OBJECTS if found["kind"] in kinds]


def ids(found: dict[str, Any]) -> str:
    return f"{found['kind']}-{found['metadata']['name']}"


def test_every_file_is_listed() -> None:
    written = {path.name for path in FOLDER.glob("*.yaml")}
    assert written == {*KUSTOMIZATION["resources"], "kustomization.yaml"}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("found", [o for o in OBJECTS if o["kind"] not in KEDA], ids=ids)
def test_it_is_what_the_api_takes(found: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(found, version, strict=True)


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="there is no kubectl here")
def test_kubectl_puts_it_together() -> None:
    done = subprocess.run(
        ["kubectl", "kustomize", FOLDER], capture_output=True, text=True, check=True
    )
    found = [d for d in yaml.safe_load_all(done.stdout) if d]
    assert len(found) == len(OBJECTS)
    assert done.stdout.count("image: gcr.io/PROJECT_ID/family-scheduler:latest") == 4


@pytest.mark.parametrize("found", of_kind("Deployment", "Job"), ids=ids)
def test_each_part_is_a_role_confined_and_limited(found: dict[str, Any]) -> None:
    pod = found["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert is_a_role(container["command"])
    assert {"cpu", "memory"} <= set(container["resources"]["limits"])
    assert {"cpu", "memory"} <= set(container["resources"]["requests"])
    confined = container["securityContext"]
    assert confined["readOnlyRootFilesystem"]
    assert not confined["allowPrivilegeEscalation"]
    assert confined["capabilities"] == {"drop": ["ALL"]}
    assert pod["securityContext"]["runAsNonRoot"]
    assert f"USER {pod['securityContext']['runAsUser']}:" in (ROOT / "Dockerfile").read_text()
    assert not pod["automountServiceAccountToken"]
    assert {"configMapRef", "secretRef"} == {kind for one in container["envFrom"] for kind in one}


@pytest.mark.parametrize("found", of_kind("Deployment"), ids=ids)
def test_each_part_that_stays_is_probed_and_protected(found: dict[str, Any]) -> None:
    name = found["metadata"]["name"]
    pod = found["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    (port,) = container["ports"]
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    told = [rest for _, word, rest in instructions(dockerfile) if word == "ENV"]
    assert f"PORT={port['containerPort']}" in told[-1].split()
    paths = {p: container[p]["httpGet"]["path"] for p in ("startupProbe", "livenessProbe")}
    assert set(paths.values()) == {"/health"}
    assert container["readinessProbe"]["httpGet"]["path"] == "/ready"
    assert pod["terminationGracePeriodSeconds"] == 15
    labels = found["spec"]["template"]["metadata"]["labels"]
    assert found["spec"]["selector"]["matchLabels"] == labels
    budget = named("PodDisruptionBudget", name)["spec"]
    assert budget["selector"]["matchLabels"] == labels
    assert budget["maxUnavailable"] == 1


def test_its_settings_exist_and_hold_no_secret() -> None:
    chosen = named("ConfigMap", "family-scheduler")["data"]
    assert set(chosen) <= setting_names()
    assert of_kind("Secret") == []


def test_workers_are_as_large_as_the_document_has_them() -> None:
    (container,) = named("Deployment", "worker")["spec"]["template"]["spec"]["containers"]
    assert container["resources"]["limits"] == {"cpu": "2", "memory": "2Gi"}
    assert "replicas" not in named("Deployment", "worker")["spec"], "KEDA would be overruled"


def test_keda_scales_by_the_queue_within_the_autoscaler_s_limits() -> None:
    scaled = named("ScaledObject", "worker")
    spec, limits = scaled["spec"], Limits()
    assert scaled["apiVersion"] == "keda.sh/v1alpha1"
    assert named("Deployment", spec["scaleTargetRef"]["name"])
    assert spec["minReplicaCount"] == limits.minimum
    assert spec["maxReplicaCount"] == limits.maximum
    down = spec["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]["scaleDown"]
    assert down["stabilizationWindowSeconds"] == limits.cool_down
    assert down["policies"] == [{"type": "Pods", "value": 1, "periodSeconds": 60}]
    queue, cpu = spec["triggers"]
    assert queue["type"] == "redis"
    assert queue["metadata"]["listName"] == celery_app("").conf.task_default_queue
    assert queue["metadata"]["listLength"] == "5"
    assert float(cpu["metadata"]["value"]) == limits.busy_cpu * 100
    asked = named("TriggerAuthentication", queue["authenticationRef"]["name"])
    targets = asked["spec"]["secretTargetRef"]
    assert {target["parameter"] for target in targets} == {"address", "password"}


def test_the_network_lets_in_who_calls_the_api_and_who_watches() -> None:
    everything = named("NetworkPolicy", "everything")["spec"]
    assert everything["policyTypes"] == ["Ingress", "Egress"]
    (watching,) = everything["ingress"]
    assert "from" in watching
    assert named("NetworkPolicy", "api")["spec"]["podSelector"]["matchLabels"][COMPONENT] == "api"
    out = {port["port"] for rule in everything["egress"] for port in rule["ports"]}
    assert out == {53, 5432, 6379, 443}
