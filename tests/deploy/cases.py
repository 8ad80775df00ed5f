"""The moments of an installation's life that are rendered: the two files of values, and an upgrade's steps."""

from __future__ import annotations

from typing import Any

GREEN_DEPLOYED: dict[str, Any] = {"colours": {"green": {"tag": "0.2.0", "weight": 0}}, "newest": "green"}
CANARY: dict[str, Any] = {
    "colours": {"blue": {"weight": 90}, "green": {"tag": "0.2.0", "weight": 10}},
    "newest": "green",
}
SHIFTED: dict[str, Any] = {
    "colours": {"blue": {"weight": 0}, "green": {"tag": "0.2.0", "weight": 100}},
    "newest": "green",
}
BLUE_GONE: dict[str, Any] = {
    "colours": {"blue": {"tag": "", "weight": 0}, "green": {"tag": "0.2.0", "weight": 100}},
    "newest": "green",
    "cpu": {"draining": ["0.1.0"]},
}
BOTH_FAMILIES: dict[str, Any] = {
    "gpu": {
        "fleets": {
            "clips": {
                "family": "ltx",
                "model": "ltx",
                "min": 0,
                "max": 4,
                "capacity": "on-demand",
                "instanceTypes": ["g5.xlarge"],
            }  # fmt: skip
        }
    }
}
BOTH_COUNT: dict[str, Any] = {
    "gpu": {"fleets": {"clips": BOTH_FAMILIES["gpu"]["fleets"]["clips"] | {"countsTickets": True}}}
}
NO_GPU: dict[str, Any] = {"gpu": {"fleets": None}}
BARE: dict[str, Any] = {
    "ingress": {"enabled": False}, "canary": {"prometheusUrl": ""},
    "monitoring": {"enabled": False, "dashboards": {"enabled": False}},
    "scaling": {"tickets": {"foreseen": {"prometheusUrl": ""}}},
    "migration": {"enabled": False}, "promotion": {"enabled": False}, "network": {"mailPorts": []},
    "image": {"pullSecrets": [{"name": "registry"}]},
}  # fmt: skip
POOLED_ELSEWHERE: dict[str, Any] = {"pooler": {"enabled": False}, "network": {"poolerNamespace": "pgbouncer"}}
NOT_POOLED: dict[str, Any] = {
    "pooler": {"enabled": False}, "secrets": {"api": {"STUDIO_DATABASE_POOLER_URL": None}},
}  # fmt: skip
TRACED: dict[str, Any] = {
    "settings": {
        "STUDIO_TRACES": "http://collector.observability.svc.cluster.local:4318",
        "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
        "OTEL_TRACES_SAMPLER_ARG": "0.1",
    },
    "network": {"tracesNamespace": "observability"},
}
_GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/studio-prod-{}/0123456789abcdef"
BALANCER_ELSEWHERE: dict[str, Any] = CANARY | {
    "ingress": {"enabled": False, "targetGroups": {colour: _GROUP.format(colour) for colour in ("blue", "green")}}
}

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "dev": ("dev", {}),
    "prod": ("prod", {}),
    "green deployed": ("prod", GREEN_DEPLOYED),
    "canary": ("prod", CANARY),
    "shifted": ("prod", SHIFTED),
    "blue gone": ("prod", BLUE_GONE),
    "both families": ("prod", BOTH_FAMILIES),
    "both count": ("prod", BOTH_COUNT),
    "no GPU": ("dev", NO_GPU),
    "bare": ("prod", BARE),
    "pooled elsewhere": ("prod", POOLED_ELSEWHERE),
    "not pooled": ("prod", NOT_POOLED),
    "traced": ("prod", TRACED),
    "balancer elsewhere": ("prod", BALANCER_ELSEWHERE),
}
