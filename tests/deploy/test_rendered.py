"""What the chart renders: valid, and as the specification wants it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from infrastructure.settings import Settings
from infrastructure.tickets import queue_of_tickets
from schemas.stages import Queue
from tests.deploy.cases import BLUE_GONE, BOTH_COUNT, BOTH_FAMILIES, CANARY, CASES, NO_GPU, SHIFTED, TRACED
from tests.deploy.helm import CHART, Doc, labels_of, of_kind, pod_of, run, template
from tests.deploy.promtool import complaints, needs_promtool
from tests.deploy.valid import check

pytestmark = pytest.mark.slow

WORKLOADS = ("Deployment", "Job", "Pod")
KNOWN = {f"STUDIO_{name.upper()}": field for name, field in Settings.model_fields.items()}
SECRET = {name for name, field in KNOWN.items() if "SecretStr" in str(field.annotation)}
OPENTELEMETRYS = {"OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"}
"""Variables of a library's own, which a cluster may say besides ours."""


@cache
def rendered(case: str) -> list[Doc]:
    name, changes = CASES[case]
    return template(name, changes)


@cache
def over(name: str, changes: str) -> list[Doc]:
    return template(name, json.loads(changes))


def prod(changes: dict[str, Any] | None = None) -> list[Doc]:
    return over("prod", json.dumps(changes or {}))


def named(docs: list[Doc], kind: str, name: str) -> Doc:
    [found] = [doc for doc in of_kind(docs, kind) if doc["metadata"]["name"] == name]
    return found


def matches(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    wanted: dict[str, str] = selector.get("matchLabels", {})
    return wanted.items() <= labels.items()


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_helm_finds_nothing_to_complain_of(name: str) -> None:
    values = str(CHART / f"values-{name}.yaml")
    assert "0 chart(s) failed" in run("lint", str(CHART), "--strict", "--values", values)


@pytest.mark.parametrize("case", CASES)
class TestAlways:
    """What holds of every pod and every workload, in every moment."""

    def test_it_is_what_kubernetes_and_operators_take(self, case: str) -> None:
        docs = rendered(case)
        assert len(docs) > 15
        for doc in docs:
            check(doc)
        names = [(doc["kind"], doc["metadata"]["name"]) for doc in docs]
        assert len(names) == len(set(names))
        assert all(len(name) <= 63 for _, name in names)

    def test_pods_can_do_little(self, case: str) -> None:
        for doc in of_kind(rendered(case), *WORKLOADS):
            pod = pod_of(doc)
            assert pod["automountServiceAccountToken"] is False
            assert not pod.get("hostNetwork")
            assert not pod.get("hostPID")
            assert pod["securityContext"]["runAsNonRoot"] is True
            assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
            assert not any("hostPath" in volume for volume in pod["volumes"])
            for container in pod["containers"]:
                context = container["securityContext"]
                assert context["readOnlyRootFilesystem"] is True
                assert context["allowPrivilegeEscalation"] is False
                assert context["runAsNonRoot"] is True
                assert context["runAsUser"] >= 10_000
                assert context["capabilities"] == {"drop": ["ALL"]}
                assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
                assert "memory" in container["resources"]["limits"]

    def test_images_are_named_by_version(self, case: str) -> None:
        for doc in of_kind(rendered(case), *WORKLOADS):
            for container in pod_of(doc)["containers"]:
                name, _, tag = container["image"].rpartition(":")
                assert tag in ({"1.24.1"} if name.endswith("/pgbouncer") else {"0.1.0", "0.2.0"})

    def test_every_deployment_is_disrupted_one_by_one_and_speaks_with_few(self, case: str) -> None:
        docs = rendered(case)
        policies = of_kind(docs, "NetworkPolicy")
        for doc in of_kind(docs, *WORKLOADS):
            labels = labels_of(doc)
            own = [one for one in policies if matches(one["spec"]["podSelector"], labels)]
            assert any(one["spec"]["podSelector"].get("matchLabels") for one in own)
            if doc["kind"] != "Deployment":
                continue
            budgets = [b for b in of_kind(docs, "PodDisruptionBudget") if matches(b["spec"]["selector"], labels)]
            assert [budget["spec"]["maxUnavailable"] for budget in budgets] == [1]
            assert doc["spec"]["selector"]["matchLabels"] == labels
        [nobody] = [one for one in policies if one["spec"]["podSelector"] == {} and "egress" not in one["spec"]]
        assert nobody["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}

    def test_pods_find_their_account_their_settings_and_nobody_elses(self, case: str) -> None:
        docs = rendered(case)
        accounts = {doc["metadata"]["name"] for doc in of_kind(docs, "ServiceAccount")}
        maps = {doc["metadata"]["name"] for doc in of_kind(docs, "ConfigMap")}
        for doc in of_kind(docs, *WORKLOADS):
            pod = pod_of(doc)
            if doc["kind"] == "Deployment":
                assert pod["serviceAccountName"] in accounts
                assert pod["serviceAccountName"].endswith(labels_of(doc)["app.kubernetes.io/component"])
            for container in pod["containers"]:
                assert {source["configMapRef"]["name"] for source in container.get("envFrom", [])} <= maps
        for deployment in of_kind(docs, "Deployment"):
            [scaler] = [
                doc
                for doc in (*of_kind(docs, "ScaledObject", "HorizontalPodAutoscaler"), None)
                if doc is None or doc["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
            ][:1]
            assert (scaler is None) == ("replicas" in deployment["spec"])

    def test_every_variable_is_one_that_our_processes_read(self, case: str) -> None:
        docs = rendered(case)
        [settings] = [doc for doc in of_kind(docs, "ConfigMap") if doc["metadata"]["name"] == "studio-settings"]
        assert settings["data"].keys() <= (KNOWN.keys() - SECRET) | OPENTELEMETRYS
        for doc in of_kind(docs, *WORKLOADS):
            for container in pod_of(doc)["containers"]:
                for variable in container.get("env", []):
                    assert variable["name"] in KNOWN
                    # A secret comes by reference, and nothing else does.
                    assert ("valueFrom" in variable) == (variable["name"] in SECRET)

    def test_each_process_would_start_with_its_variables(self, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
        docs = rendered(case)
        [settings] = [doc for doc in of_kind(docs, "ConfigMap") if doc["metadata"]["name"] == "studio-settings"]
        for doc in of_kind(docs, "Deployment"):
            if doc["metadata"]["name"] == "studio-pooler":
                continue  # no process of ours: test_pooler.py starts it
            [container] = pod_of(doc)["containers"]
            secrets = {one["name"]: "s" * 40 for one in container["env"] if "valueFrom" in one}
            plain = {one["name"]: one["value"] for one in container["env"] if "value" in one}
            with monkeypatch.context() as patch:
                for name, value in (settings["data"] | plain | secrets).items():
                    patch.setenv(name, value)
                found = Settings()
            component = labels_of(doc)["app.kubernetes.io/component"]
            assert (found.auth_secret is not None) == (component in {"api", "relay"})
            assert found.temporal_address == "temporal-frontend.temporal.svc.cluster.local:7233"
            grace = pod_of(doc)["terminationGracePeriodSeconds"]
            if component in {"cpu", "gpu", "relay"}:
                assert grace >= found.drain_s + 15  # process.py adds five, Kubernetes is not exact
                assert found.health is not None
                assert container["ports"][0]["containerPort"] == int(found.health.rpartition(":")[2])
            probes = [container[f"{probe}Probe"]["httpGet"]["path"] for probe in ("startup", "liveness", "readiness")]
            assert probes == ["/healthz", "/healthz", "/readyz"]


def test_sizes_are_the_specifications() -> None:
    # 4.1 and 4.2: API 1–3 and 2–10, at 70 % over 2 and for less over 5 minutes; GPU workers 0–5 and 1–20.
    for name, api, gpu in (("dev", (1, 3), (0, 5)), ("prod", (2, 10), (1, 20))):
        docs = rendered(name)
        spec = named(docs, "HorizontalPodAutoscaler", "studio-api-blue")["spec"]
        assert (spec["minReplicas"], spec["maxReplicas"]) == api
        assert spec["metrics"][0]["resource"]["target"]["averageUtilization"] == 70
        assert spec["behavior"]["scaleUp"]["stabilizationWindowSeconds"] == 120
        assert spec["behavior"]["scaleDown"]["stabilizationWindowSeconds"] == 300
        scaler = named(docs, "ScaledObject", "studio-gpu-keyframe")["spec"]
        assert (scaler["minReplicaCount"], scaler["maxReplicaCount"]) == gpu


def test_gpu_machines_are_spot_with_others_where_there_are_none() -> None:
    pod = pod_of(named(prod(BOTH_FAMILIES), "Deployment", "studio-gpu-keyframe"))
    affinity = pod["affinity"]["nodeAffinity"]
    [term] = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert [(one["key"], one["values"]) for one in term["matchExpressions"]] == [
        ("node.kubernetes.io/instance-type", ["g4dn.xlarge", "g5.xlarge"])
    ]
    [wish] = affinity["preferredDuringSchedulingIgnoredDuringExecution"]
    assert wish["preference"]["matchExpressions"][0]["values"] == ["SPOT"]
    assert pod["containers"][0]["resources"]["limits"]["nvidia.com/gpu"] == 1
    assert pod["terminationGracePeriodSeconds"] == 180  # specification 4.2: three minutes
    alone = pod_of(named(prod(BOTH_FAMILIES), "Deployment", "studio-gpu-clips"))["affinity"]["nodeAffinity"]
    assert "preferredDuringSchedulingIgnoredDuringExecution" not in alone


def wanted(formula: str, **counted: float | None) -> float:
    """Compute a formula as KEDA does; None is what it did not get an answer to."""
    python = re.sub(r"(?<![\w-])(\w+) \?\? ([\w.]+)", r"\1 if \1 is not None else \2", formula)
    return float(eval(python, {"__builtins__": {}, "max": max, "workers": None, **counted}))


def test_gpu_workers_are_wanted_by_what_waits_and_what_is_in_hand() -> None:
    docs = prod(BOTH_FAMILIES)
    found = {
        doc["metadata"]["name"]: {one["name"]: one["metadata"] for one in doc["spec"]["triggers"]}
        for doc in of_kind(docs, "ScaledObject")
        if "-gpu-" in doc["metadata"]["name"]
    }
    keyframe, clips = found["studio-gpu-keyframe"], found["studio-gpu-clips"]
    assert keyframe["backlog"]["taskQueue"] == Queue.GPU_KEYFRAME
    assert clips["backlog"]["taskQueue"] == Queue.GPU_MOTION
    # A build that never asked for work has no backlog of its own: the whole queue is counted (ADR 24).
    assert "workerDeploymentName" not in keyframe["backlog"]
    assert (keyframe["tickets"]["scaleOnInFlight"], keyframe["waiting"]["scaleOnInFlight"]) == ("true", "false")
    assert clips.keys() == {"backlog"}
    advanced = {name: named(docs, "ScaledObject", name)["spec"]["advanced"] for name in found}
    modifiers = advanced["studio-gpu-keyframe"]["scalingModifiers"]
    # One for each ticket in hand, no fewer than one for eight, and no fewer than the hour is expected to want.
    assert wanted(modifiers["formula"], tickets=9, waiting=2, backlog=0, foreseen=0) == 7
    assert wanted(modifiers["formula"], tickets=90, waiting=90, backlog=16, foreseen=0) == 90 / 8
    assert wanted(modifiers["formula"], tickets=9, waiting=9, backlog=16, foreseen=0) == 2
    assert wanted(modifiers["formula"], tickets=9, waiting=2, backlog=16, foreseen=12) == 12
    assert (modifiers["target"], modifiers["metricType"]) == ("1", "AverageValue")
    assert "scalingModifiers" not in advanced["studio-gpu-clips"]
    down = {name: one["horizontalPodAutoscalerConfig"]["behavior"]["scaleDown"] for name, one in advanced.items()}
    assert down["studio-gpu-clips"] == {
        "stabilizationWindowSeconds": 600,
        "policies": [{"type": "Pods", "value": 1, "periodSeconds": 120}],
    }
    assert down["studio-gpu-keyframe"] == {
        "stabilizationWindowSeconds": 60,
        "policies": [
            {"type": "Pods", "value": 4, "periodSeconds": 30},
            {"type": "Percent", "value": 10, "periodSeconds": 30},
        ],
        "selectPolicy": "Max",
    }


@pytest.mark.parametrize("least", [0, 1])
def test_what_does_not_answer_leaves_the_rest_to_count(least: int) -> None:
    docs = prod({"gpu": {"fleets": {"keyframe": {"min": least}}}})
    spec = named(docs, "ScaledObject", "studio-gpu-keyframe")["spec"]
    formula = spec["advanced"]["scalingModifiers"]["formula"]
    # By this KEDA hands nil to the formula, and does not scale to a number of its own.
    assert spec["fallback"] == {"failureThreshold": 3, "replicas": 0, "behavior": "scalingModifiers"}
    assert (spec["minReplicaCount"], spec["advanced"]["scalingModifiers"].get("activationTarget")) == (least, None)
    names = {one["name"] for one in spec["triggers"]}
    assert names == {"tickets", "waiting", "backlog", "foreseen", "workers"}
    counted = {"tickets": 9, "waiting": 2, "backlog": 0, "foreseen": 12, "workers": 3}
    assert wanted(formula, **{**counted, "foreseen": None}) == 7
    assert wanted(formula, **{**counted, "workers": 0, "foreseen": None}) == 7
    assert wanted(formula, **{**counted, "backlog": None}) == 12
    # Without SQS, whoever is there stays; Temporal's backlog still brings more.
    away = {**counted, "tickets": None, "waiting": None, "foreseen": None}
    assert wanted(formula, **away) == 3
    assert wanted(formula, **{**away, "backlog": 80}) == 10
    assert wanted(formula, **{**away, "workers": 0, "backlog": 8}) == 1
    assert wanted(formula, **{**away, "backlog": None}) == 3


def test_workers_that_are_there_are_those_of_their_fleet() -> None:
    docs = prod(BOTH_COUNT)
    for name in ("studio-gpu-keyframe", "studio-gpu-clips"):
        [there] = [
            one for one in named(docs, "ScaledObject", name)["spec"]["triggers"] if one["type"] == "kubernetes-workload"
        ]
        chosen = dict(pair.split("=") for pair in there["metadata"]["podSelector"].split(","))
        assert chosen == named(docs, "Deployment", name)["spec"]["selector"]["matchLabels"]


def test_without_prometheus_tickets_alone_count() -> None:
    docs = prod({"scaling": {"tickets": {"foreseen": {"prometheusUrl": ""}}}})
    spec = named(docs, "ScaledObject", "studio-gpu-keyframe")["spec"]
    assert {one["name"] for one in spec["triggers"]} == {"backlog", "tickets", "waiting", "workers"}
    formula = spec["advanced"]["scalingModifiers"]["formula"]
    assert "foreseen" not in formula
    assert wanted(formula, tickets=9, waiting=2, backlog=0) == 7


@needs_promtool
def test_prometheus_computes_of_the_days_before_what_the_simulation_does(tmp_path: Path) -> None:
    """Two days before there were 16 machines at work at this hour, three days before 0, at other hours 100."""
    [foreseen] = [
        one["metadata"]
        for one in named(prod(BOTH_COUNT), "ScaledObject", "studio-gpu-keyframe")["spec"]["triggers"]
        if one["name"] == "foreseen"
    ]
    assert foreseen["ignoreNullValues"] == "true"  # on the first day there is nothing to go by
    (tmp_path / "rules.yaml").write_text(
        yaml.safe_dump({"groups": [{"name": "g", "rules": [{"record": "wanted", "expr": foreseen["query"]}]}]})
    )
    # A value each ten minutes; now is the end of the fourth day, 576 values from the first.
    values: list[int | str] = [*["_"] * 20, *[100] * 556]
    for days, busy in ((2, 16), (3, 0)):
        middle = 576 - 144 * days + 1
        values[middle - 10 : middle + 11] = [busy] * 21
    series = {
        "series": 'studio_queue_messages{namespace="studio",queue="jobs",state="in_hand"}',
        "values": " ".join(map(str, values[: 576 - 144 - 20])),
    }
    expected = {"expr": "wanted", "eval_time": "96h", "exp_samples": [{"labels": "wanted", "value": 1.05 * 8 + 8**0.5}]}
    (tmp_path / "test.yaml").write_text(
        yaml.safe_dump(
            {
                "rule_files": ["rules.yaml"],
                "tests": [{"interval": "10m", "input_series": [series], "promql_expr_test": [expected]}],
            }
        )
    )
    assert complaints("test", tmp_path / "test.yaml") == ""


def test_each_family_has_tickets_of_its_own() -> None:
    clips = {
        one["metadata"]["queueURL"].rpartition("/")[2]
        for one in named(prod(BOTH_COUNT), "ScaledObject", "studio-gpu-clips")["spec"]["triggers"]
        if one["type"] == "aws-sqs-queue"
    }
    names = Settings(env="prod")
    assert clips == {queue_of_tickets(names, Queue.GPU_MOTION)}
    assert queue_of_tickets(names, Queue.GPU_KEYFRAME) == "ai-film-studio-jobs-prod"


def test_only_who_heeds_notices_may_ask_for_them() -> None:
    metadata = "169.254.169.254/32"
    for changes, allowed in (
        ({}, set()),
        ({"settings": {"STUDIO_SPOT_METADATA": "http://169.254.169.254"}}, {"studio-cpu", "studio-gpu"}),
    ):
        found = {
            doc["metadata"]["name"]
            for doc in of_kind(prod(changes), "NetworkPolicy")
            for rule in doc["spec"].get("egress", [])
            for peer in rule["to"]
            if peer.get("ipBlock", {}).get("cidr") == metadata
        }
        assert found == allowed


def test_traces_reach_their_collector_and_nobody_else_is_let_out() -> None:
    for changes, allowed in (
        ({}, set()),
        (TRACED, {("studio-api", 4318), ("studio-relay", 4318), ("studio-cpu", 4318), ("studio-gpu", 4318)}),
        (TRACED | {"settings": {"STUDIO_TRACES": "https://traces.example.com"}}, set()),
    ):
        found = {
            (doc["metadata"]["name"], port["port"])
            for doc in of_kind(prod(changes), "NetworkPolicy")
            for rule in doc["spec"].get("egress", [])
            for peer in rule["to"]
            for port in rule["ports"]
            if "observability" in peer.get("namespaceSelector", {}).get("matchLabels", {}).values()
        }
        assert found == allowed


def test_weights_divide_requests_and_new_films_alike() -> None:
    for changes, weights, promoted in (
        (CANARY, {"blue": 90, "green": 10}, ["--film-cpu=0.1.0", "--ramp=0.2.0", "--percent=10"]),
        (SHIFTED, {"blue": 0, "green": 100}, ["--film-cpu=0.2.0", "--ramp=0.1.0", "--percent=0"]),
        (BLUE_GONE, {"green": 100}, ["--film-cpu=0.2.0"]),
    ):
        docs = prod(changes)
        annotations = named(docs, "Ingress", "studio-api")["metadata"]["annotations"]
        action = json.loads(annotations["alb.ingress.kubernetes.io/actions.by-weight"])
        groups = {one["serviceName"]: one["weight"] for one in action["forwardConfig"]["targetGroups"]}
        assert groups == {f"studio-api-{colour}": weight for colour, weight in weights.items()}
        services = {doc["metadata"]["name"] for doc in of_kind(docs, "Service")}
        assert services == groups.keys() | {"studio-pooler"}
        [job] = [doc for doc in of_kind(docs, "Job") if doc["metadata"]["name"] == "studio-promotion"]
        assert pod_of(job)["containers"][0]["args"] == ["promote", *promoted, "--film-gpu=0.1.0"]


def test_a_colour_that_is_not_there_does_not_lead_whatever_its_weight() -> None:
    docs = prod(BLUE_GONE | {"colours": {"blue": {"tag": "", "weight": 100}, "green": {"tag": "0.2.0", "weight": 100}}})
    [job] = [doc for doc in of_kind(docs, "Job") if doc["metadata"]["name"] == "studio-promotion"]
    assert pod_of(job)["containers"][0]["args"] == ["promote", "--film-cpu=0.2.0", "--film-gpu=0.1.0"]


def test_builds_stay_as_long_as_films_are_on_them() -> None:
    docs = prod(BLUE_GONE)
    builds = {
        variable["value"]: doc
        for doc in of_kind(docs, "Deployment")
        for variable in pod_of(doc)["containers"][0].get("env", [])
        if variable["name"] == "STUDIO_BUILD" and "-cpu-" in doc["metadata"]["name"]
    }
    assert builds.keys() == {"0.1.0", "0.2.0"}
    assert not any("-api-blue" in doc["metadata"]["name"] for doc in docs)
    for build, doc in builds.items():
        scaler = named(docs, "ScaledObject", doc["metadata"]["name"])["spec"]
        triggers = {one["metadata"]["taskQueue"]: one["metadata"] for one in scaler["triggers"]}
        assert triggers.keys() == {Queue.FILM_CPU, Queue.MEDIA_CPU}
        assert {one["workerDeploymentBuildId"] for one in triggers.values()} == {build}
        assert scaler["minReplicaCount"] >= 1  # a timer of a film that waits needs somebody to wake


def test_the_newer_code_migrates_before_anything_of_it_starts() -> None:
    job = named(prod(CANARY), "Job", "studio-migration")
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    [container] = pod_of(job)["containers"]
    assert container["image"].endswith("/api:0.2.0")
    assert container["args"] == ["migrate"]
    assert [one["name"] for one in container["env"]] == ["STUDIO_DATABASE_URL"]


def test_the_load_balancer_speaks_tls_and_lets_streams_live() -> None:
    annotations = named(prod(), "Ingress", "studio-api")["metadata"]["annotations"]
    assert json.loads(annotations["alb.ingress.kubernetes.io/listen-ports"]) == [{"HTTPS": 443}]
    assert "TLS13-1-2" in annotations["alb.ingress.kubernetes.io/ssl-policy"]
    assert "idle_timeout.timeout_seconds=300" in annotations["alb.ingress.kubernetes.io/load-balancer-attributes"]
    paths = [one["path"] for one in named(prod(), "Ingress", "studio-api")["spec"]["rules"][0]["http"]["paths"]]
    assert "/metrics" not in paths
    assert "/" not in paths


def test_prometheus_asks_each_colour_by_its_name() -> None:
    docs = prod(CANARY)
    monitor = named(docs, "ServiceMonitor", "studio-api")["spec"]
    wanted = monitor["selector"]["matchLabels"].items()
    tracks = [
        doc["metadata"]["labels"]["ai-film-studio/track"]
        for doc in of_kind(docs, "Service")
        if wanted <= doc["metadata"]["labels"].items()
    ]
    assert sorted(tracks) == ["blue", "green"]
    assert monitor["endpoints"][0]["authorization"]["credentials"] == {"name": "studio-metrics", "key": "token"}


def test_prometheus_asks_all_that_say_how_they_are_and_is_let_in_to_nobody_else() -> None:
    docs = prod(BOTH_FAMILIES)
    monitor = named(docs, "PodMonitor", "studio-workers")["spec"]
    [components] = monitor["selector"]["matchExpressions"]
    [endpoint] = monitor["podMetricsEndpoints"]
    asked = set()
    for doc in of_kind(docs, "Deployment"):
        labels, [container] = labels_of(doc), pod_of(doc)["containers"]
        if matches(monitor["selector"], labels) and labels[components["key"]] in components["values"]:
            assert endpoint["port"] in {port["name"] for port in container["ports"]}
            asked.add(doc["metadata"]["name"])
    assert asked == {
        "studio-relay", "studio-cpu-0-1-0", "studio-gpu-keyframe", "studio-gpu-clips",
    }  # fmt: skip
    prometheus = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}
    for component in ("relay", "cpu", "gpu"):
        spec = named(docs, "NetworkPolicy", f"studio-{component}")["spec"]
        assert spec["ingress"] == [{"from": [prometheus], "ports": [{"protocol": "TCP", "port": 8001}]}]
    for component in ("relay", "cpu"):
        assert "ingress" not in named(rendered("dev"), "NetworkPolicy", f"studio-{component}")["spec"]


def test_dashboards_are_where_grafana_looks_for_them() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (CHART / "dashboards").glob("*.json")}
    changes = {"monitoring": {"dashboards": {"labels": {"team": "film"}, "annotations": {"grafana_folder": "Films"}}}}
    for docs, label, folder in (
        (prod(), ("grafana_dashboard", "1"), "AI Film Studio"),
        (prod(changes), ("team", "film"), "Films"),
    ):
        boards = [doc for doc in of_kind(docs, "ConfigMap") if "-dashboard-" in doc["metadata"]["name"]]
        assert {name: text for doc in boards for name, text in doc["data"].items()} == files
        for doc in boards:
            assert label in doc["metadata"]["labels"].items()
            assert doc["metadata"]["annotations"] == {"grafana_folder": folder}
    assert not [doc for doc in rendered("dev") if "-dashboard-" in doc["metadata"]["name"]]


def test_without_gpu_nothing_of_it_is_there() -> None:
    docs = over("dev", json.dumps(NO_GPU))
    assert not [doc for doc in docs if "-gpu-" in doc["metadata"]["name"]]
    assert "STUDIO_SDXL_MODEL" not in named(docs, "ConfigMap", "studio-settings")["data"]


def test_the_schema_knows_our_settings() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text())["properties"]
    for component in ("api", "relay", "cpu", "gpu", "migration"):
        names = schema["secrets"]["properties"][component]["propertyNames"]["enum"]
        assert set(names) == SECRET
    free = set(schema["settings"]["propertyNames"]["enum"]) - OPENTELEMETRYS
    said = set(named(prod(BOTH_FAMILIES), "ConfigMap", "studio-settings")["data"])
    for doc in of_kind(prod(BOTH_FAMILIES), "Deployment"):
        said |= {one["name"] for one in pod_of(doc)["containers"][0].get("env", [])}
    # What the chart says itself can be said nowhere else; webhooks to the machine itself are for labs, and so are pages
    # beside the API: a cluster's come from the store.
    own = said - SECRET - {"STUDIO_MAIL_FROM"}
    assert free == KNOWN.keys() - SECRET - own - {"STUDIO_WEBHOOKS_LOOPBACK", "STUDIO_PAGES"}
