"""Whether what was rendered is what Kubernetes, KEDA and the Prometheus operator take: strictly, by their schemas."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import kubernetes_validate

from tests.deploy.helm import Doc

VERSIONS = ("1.30", "1.37")
"""The oldest Kubernetes that the chart takes, and the newest there is a schema of."""

SINCE = {"ScaledObject": {".spec.fallback.behavior"}}
"""What came later than the models: KEDA 2.17, and its value `scalingModifiers` 2.20."""

_TARGETS = {"serviceRef": {"name", "port"}, "targetGroupARN": set(), "targetType": set(), "networking": {"ingress"}}
"""What a TargetGroupBinding takes, by the documentation of the load balancer controller: there is no model of it."""

_CUSTOM = {
    "keda.sh/v1alpha1": "cloudcoil.models.keda.v1alpha1",
    "monitoring.coreos.com/v1": "cloudcoil.models.prometheus_operator.v1",
}
"""Models made from the custom resources' own definitions: of KEDA 2.16, of the Prometheus operator 0.80."""


def check(doc: Doc, versions: tuple[str, ...] = VERSIONS) -> None:
    """Hold a document against its schema.

    Raises:
        Exception: Something is missing, of another type, or unknown.
    """
    if doc["kind"] == "TargetGroupBinding":
        assert doc["apiVersion"] == "elbv2.k8s.aws/v1beta1"
        assert doc["spec"].keys() <= _TARGETS.keys()
        assert doc["spec"]["serviceRef"].keys() == _TARGETS["serviceRef"]
        return
    if doc["apiVersion"] in _CUSTOM:
        given = {key: value for key, value in doc.items() if key != "metadata"}
        known = _model(doc["apiVersion"], doc["kind"]).model_validate(given)
        found = _unknown(given, known.model_dump(by_alias=True, mode="json"))
        unknown = [name for name in found if name not in SINCE.get(doc["kind"], ())]
        assert not unknown, f"{doc['kind']} has no {', '.join(unknown)}"
        return
    for version in versions:
        kubernetes_validate.validate(doc, version, strict=True)


@cache
def _model(version: str, kind: str) -> Any:
    return getattr(importlib.import_module(_CUSTOM[version]), kind)


def _unknown(given: Any, known: Any, path: str = "") -> list[str]:
    """Where something was written that a model does not have: models pass over it."""
    if isinstance(given, dict) and isinstance(known, dict):
        found = [f"{path}.{key}" for key in given if key not in known]
        return found + [
            name for key in given if key in known for name in _unknown(given[key], known[key], f"{path}.{key}")
        ]
    if isinstance(given, list) and isinstance(known, list):
        return [
            name for i, (a, b) in enumerate(zip(given, known, strict=True)) for name in _unknown(a, b, f"{path}[{i}]")
        ]
    return []
