"""How many workers, and how large: the same wherever a deployment says so."""

from __future__ import annotations

import re
from typing import Any

from bot.scaling.autoscale import Limits
from tests.deploy.reading import DEPLOY, documents, is_a_role, setting_names

(KNATIVE,) = documents("knative/agent-workers.yaml")
TEMPLATE: dict[str, Any] = KNATIVE["spec"]["template"]
ANNOTATIONS: dict[str, str] = TEMPLATE["metadata"]["annotations"]
CHOICES = dict(
    re.findall(r"^(\w+)=(\S+)$", (DEPLOY / "gcloud/choices.sh").read_text(), flags=re.MULTILINE)
)


def test_knative_s_service_is_the_document_s() -> None:
    assert (KNATIVE["kind"], KNATIVE["metadata"]["name"]) == ("Service", "agent-workers")
    assert ANNOTATIONS["autoscaling.knative.dev/target"] == "5"
    (container,) = TEMPLATE["spec"]["containers"]
    assert is_a_role([*container["command"], *container["args"]])
    assert container["resources"]["limits"] == {"cpu": "2", "memory": "2Gi"}
    assert {variable["name"] for variable in container["env"]} <= setting_names()
    assert container["image"].endswith("/family-scheduler:latest")
    secret = {v["name"] for v in container["env"] if "valueFrom" in v}
    assert secret == {"DATABASE_URL", "CELERY_BROKER_URL"}


def test_everywhere_from_one_to_ten() -> None:
    """Kubernetes is held against the same limits in test_kubernetes.py, Terraform in its own."""
    limits = (str(Limits().minimum), str(Limits().maximum))
    scale = "autoscaling.knative.dev/"
    assert (ANNOTATIONS[f"{scale}minScale"], ANNOTATIONS[f"{scale}maxScale"]) == limits
    assert (CHOICES["MINIMUM"], CHOICES["MAXIMUM"]) == limits


def test_everywhere_the_same_pools() -> None:
    (container,) = TEMPLATE["spec"]["containers"]
    plain = {v["name"]: v["value"] for v in container["env"] if "value" in v}
    (settings,) = documents("kubernetes/settings.yaml")
    for name in ("DATABASE_POOL_SIZE", "CHECKPOINT_POOL_SIZE"):
        assert plain[name] == CHOICES[name] == settings["data"][name]
