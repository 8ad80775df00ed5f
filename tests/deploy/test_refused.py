"""Values that make no sense are refused, with a sentence that says what, where, and what to do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.deploy.helm import Refused, template

pytestmark = pytest.mark.slow

FLEET = {"family": "ltx", "model": "ltx", "min": 0, "max": 2, "capacity": "spot", "instanceTypes": ["g5.xlarge"]}

GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/studio-prod-blue/0123456789abcdef"


def fleet(**changes: Any) -> dict[str, Any]:
    return {"gpu": {"fleets": {"keyframe": changes}}}


SENTENCES: list[tuple[dict[str, Any], str]] = [
    ({"env": ""}, "env is empty: name the installation"),
    ({"publicUrl": ""}, 'publicUrl is "": say where users reach'),
    ({"image": {"registry": ""}}, "image.registry is empty: say where the images lie"),
    ({"api": {"min": 11}}, "api.min is 11 and api.max 10: the least may not be more"),
    ({"cpu": {"min": 30}}, "cpu.min is 30 and cpu.max 20"),
    (fleet(min=30), "gpu.fleets.keyframe.min is 30 and gpu.fleets.keyframe.max 20"),
    (fleet(family=""), "gpu.fleets.keyframe has no family: say sdxl"),
    (
        {"gpu": {"fleets": {"clips": {k: v for k, v in FLEET.items() if k != "family"}}}},
        "gpu.fleets.clips has no family",
    ),
    (fleet(model=""), "gpu.fleets.keyframe has no model"),
    (fleet(instanceTypes=[]), "gpu.fleets.keyframe has no instanceTypes"),
    ({"gpu": {"fleets": {"second": FLEET | {"family": "sdxl"}}}}, "Two fleets of gpu.fleets serve sdxl"),
    ({"gpu": {"tag": ""}}, "gpu.tag is empty"),
    ({"gpu": {"tag": "latest"}}, "A tag is latest, which is another version tomorrow"),
    ({"gpu": {"models": {"claim": ""}}}, "gpu.models.claim is empty: name the PersistentVolumeClaim"),
    ({"gpu": {"graceSeconds": 100}}, "gpu.graceSeconds is 100 and gpu.drainSeconds 90"),
    ({"cpu": {"graceSeconds": 90}}, "cpu.graceSeconds is 90 and cpu.drainSeconds 90"),
    ({"queue": {"url": ""}}, "queue.url is empty: name the queue of GPU demand"),
    ({"env": "staging"}, "workers of the installation staging use ai-film-studio-jobs-staging"),
    ({"colours": {"blue": {"tag": ""}}}, "No colour has a tag"),
    ({"colours": {"blue": {"weight": 90}}}, "sum to 90: they are shares of requests"),
    ({"colours": {"green": {"weight": 10}}}, "colours.green has weight 10 and no tag"),
    (
        {"colours": {"blue": {"weight": 50}, "green": {"tag": "0.2.0", "weight": 50}}},
        "Both colours have weight 50: one must lead",
    ),
    ({"newest": "green"}, "newest is green, which has no tag"),
    ({"cpu": {"draining": ["0.1.0"]}}, "cpu.draining has 0.1.0, which is a colour's"),
    ({"cpu": {"draining": ["0.0.9", "0-0-9"]}}, "would bear one name"),
    ({"temporal": {"address": "temporal"}}, 'temporal.address is "temporal": say HOST:PORT'),
    ({"ingress": {"certificateArn": ""}}, "ingress.certificateArn is empty"),
    ({"proxies": 0}, "proxies is 0 behind an ingress"),
    ({"ingress": {"targetGroups": {"blue": GROUP}}}, "ingress.targetGroups.blue is set and ingress.enabled is true"),
    (
        {"ingress": {"enabled": False, "targetGroups": {"green": GROUP}}},
        "ingress.targetGroups lacks blue: nobody would reach that colour",
    ),
    (
        {"proxies": 0, "ingress": {"enabled": False, "targetGroups": {"blue": GROUP}}},
        "proxies is 0 behind a load balancer",
    ),
    ({"monitoring": {"enabled": False}}, "Prometheus would know nothing of the new colour"),
    (
        {"monitoring": {"enabled": False}, "canary": {"prometheusUrl": ""}},
        "Prometheus would know nothing of the days before",
    ),
    (
        {
            "monitoring": {"enabled": False},
            "canary": {"prometheusUrl": ""},
            "scaling": {"tickets": {"foreseen": {"prometheusUrl": ""}}},
        },
        "Prometheus would know nothing to show on them",
    ),
    ({"secrets": {"api": {"STUDIO_AUTH_SECRET": None}}}, "secrets.api lacks STUDIO_AUTH_SECRET"),
    ({"pooler": {"enabled": False}}, "pooler.enabled is false and network.poolerNamespace is empty"),
    ({"pooler": {"image": ""}}, "pooler.image is empty: name an image that has PgBouncer"),
    ({"pooler": {"image": "pgbouncer:latest"}}, "pooler.image is latest, which is another version tomorrow"),
    ({"pooler": {"database": {"host": ""}}}, "pooler.database.host is empty: name the machine"),
    ({"pooler": {"users": {"name": ""}}}, "pooler.users.name is empty: name the Secret"),
    (
        {"secrets": {"api": {"STUDIO_DATABASE_POOLER_URL": None}}},
        "pooler.enabled is set and secrets.api lacks STUDIO_DATABASE_POOLER_URL",
    ),
    ({"network": {"poolerNamespace": "pgbouncer"}}, "network.poolerNamespace names another PgBouncer"),
    ({"settings": {"STUDIO_TRACES": "http://collector.observability:4318"}}, "network.tracesNamespace is empty"),
    ({"secrets": {"gpu": {"STUDIO_DATABASE_URL": None}}}, "secrets.gpu lacks STUDIO_DATABASE_URL"),
    ({"secrets": {"api": {"STUDIO_METRICS_TOKEN": None}}}, "secrets.api lacks STUDIO_METRICS_TOKEN"),
]


@pytest.mark.parametrize(("changes", "sentence"), SENTENCES, ids=[sentence[:40] for _, sentence in SENTENCES])
def test_it_is_refused_with_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=re.escape(sentence)) as refused:
        template("prod", changes)
    assert len(str(refused.value).splitlines()) <= 3  # no trace of templates buries it


KINDS: list[tuple[dict[str, Any], str]] = [
    ({"api": {"max": 0}}, "/api/max"),
    ({"api": {"max": "ten"}}, "/api/max"),
    ({"api": {"replicas": 3}}, "/api"),
    ({"colours": {"blue": {"weight": 101}}}, "/colours/blue/weight"),
    ({"colours": {"blue": {"tag": "a b"}}}, "/colours/blue/tag"),
    (fleet(family="flux"), "/gpu/fleets/keyframe/family"),
    (fleet(capacity="cheap"), "/gpu/fleets/keyframe/capacity"),
    ({"settings": {"STUDIO_AUTH_SECRET": "in plain sight"}}, "STUDIO_AUTH_SECRET"),
    ({"settings": {"STUDIO_COLOUR": "1"}}, "STUDIO_COLOUR"),
    ({"secrets": {"api": {"STUDIO_DATABASE_URL": "postgresql://in@plain.sight/"}}}, "STUDIO_DATABASE_URL"),
    ({"publicUrl": "http://studio.example.com"}, "/publicUrl"),
    ({"pooler": {"image": "pgbouncer"}}, "/pooler/image"),
    ({"pooler": {"database": {"host": "db port=1"}}}, "/pooler/database/host"),
    ({"pooler": {"serverTls": "prefer"}}, "/pooler/serverTls"),
    ({"pooler": {"replicas": 0}}, "/pooler/replicas"),
    ({"network": {"databaseCidrs": []}}, "/network/databaseCidrs"),
    ({"ingress": {"sslPolicy": "ELBSecurityPolicy-2015-05"}}, "/ingress/sslPolicy"),
    ({"canary": {"maxErrorRate": 2}}, "/canary/maxErrorRate"),
    ({"scaling": {"tickets": {"foreseen": {"root": -1}}}}, "/scaling/tickets/foreseen/root"),
    ({"serviceAccounts": {"roles": {"api": "admin"}}}, "/serviceAccounts/roles/api"),
]


@pytest.mark.parametrize(("changes", "where"), KINDS, ids=[str(changes)[:60] for changes, _ in KINDS])
def test_the_schema_names_the_place(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(Refused, match="don't meet the specifications of the schema") as refused:
        template("prod", changes)
    assert where in str(refused.value)
    assert "in plain sight" not in str(refused.value)
