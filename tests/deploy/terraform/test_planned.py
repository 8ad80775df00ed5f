"""What is planned for both installations, held against the specification and against what processes do themselves."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from infrastructure import bucket, queueing
from infrastructure.settings import Settings
from tests.deploy import helm
from tests.deploy.terraform import running
from tests.deploy.terraform.planned import Plan, Resource, Values, listed

pytestmark = pytest.mark.slow

READS = {
    "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingInstances", "autoscaling:DescribeTags",
    "autoscaling:DescribeLaunchConfigurations", "autoscaling:DescribeScalingActivities", "ec2:DescribeImages",
    "ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeInstanceTypes", "ec2:DescribeVpcs",
    "ec2:DescribeLaunchTemplateVersions", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets", "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
}  # fmt: skip
"""Reads that AWS grants for everything or not at all."""

AWS_OWN = {
    "AmazonEKSClusterPolicy", "AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy",
    "service-role/AmazonEFSCSIDriverPolicy", "CloudWatchAgentServerPolicy",
    "service-role/AmazonRDSEnhancedMonitoringRole",
}  # fmt: skip
"""Policies that AWS writes for the parts of its own that take them."""


@pytest.fixture(scope="module", params=["dev", "prod"])
def env(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def plan(env: str) -> Plan:
    return running.planned(env)


@pytest.fixture(scope="module")
def prod() -> Plan:
    return running.planned("prod")


@pytest.fixture(scope="module")
def dev() -> Plan:
    return running.planned("dev")


def settings(env: str) -> Settings:
    return Settings(env=env)


class TestIdentity:
    """Specification 6.2."""

    def test_nobody_may_do_everything_or_anything_with_everything(self, plan: Plan) -> None:
        seen = 0
        for address, statement in plan.policies():
            if statement["Effect"] == "Deny":
                continue
            seen += 1
            assert "NotAction" not in statement, address
            assert "NotResource" not in statement, address
            assert not any("*" in action for action in listed(statement["Action"])), address
            if "*" in listed(statement.get("Resource", [])):
                assert set(statement["Action"]) <= READS, address
        assert seen > 25

    def test_what_goes_on_behind_a_star_is_below_something_of_ours(self, plan: Plan, env: str) -> None:
        allowed = re.compile(
            rf"arn:aws:s3:::ai-film-studio-assets-{env}/(artifacts|jobs|projects)/\*"
            rf"|arn:aws:s3:::ai-film-studio-frontend-{env}/\*"
            rf"|arn:aws:s3:::ai-film-studio-logs-{env}/balancer/AWSLogs/123456789012/\*"
            r"|arn:aws:logs:us-east-1:123456789012:log-group:\S+:log-stream:\*"
            rf"|arn:aws:eks:us-east-1:123456789012:nodegroup/studio-{env}/\*"
            r"|arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:\*:autoScalingGroupName/eks-some-group"
        )
        for address, statement in plan.policies():
            if statement["Effect"] == "Allow":
                for resource in listed(statement.get("Resource", [])):
                    assert resource == "*" or "*" not in resource or allowed.fullmatch(resource), address

    def test_a_role_is_taken_by_one_service_account_or_service(self, plan: Plan, env: str) -> None:
        taken: dict[str, Any] = {}
        for name, role in plan.by("iam_role", "name").items():
            [statement] = json.loads(role["assume_role_policy"])["Statement"]
            if statement["Action"] == "sts:AssumeRole":
                assert statement["Principal"].keys() == {"Service"}
                continue
            assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
            [(how, asked)] = statement["Condition"].items()
            assert how == "StringEquals"  # StringLike would let patterns in
            assert sorted(key.rpartition(":")[2] for key in asked) == ["aud", "sub"]
            [taken[name]] = [value for key, value in asked.items() if key.endswith(":sub")]
        for component in ("api", "relay", "cpu", "gpu"):
            assert taken[f"studio-{env}-{component}"] == f"system:serviceaccount:studio:studio-{component}"
        assert len(set(taken.values())) == len(taken)

    def test_aws_own_policies_are_of_its_own_parts(self, plan: Plan) -> None:
        used = {one.values["policy_arn"].partition(":policy/")[2] for one in plan.of("iam_role_policy_attachment")}
        assert used == AWS_OWN

    def test_a_component_may_do_what_it_does(self, plan: Plan) -> None:
        objects = {f"s3:{what}" for what in ("GetObject", "PutObject", "DeleteObject", "ListBucket")}
        held = {f"sqs:{what}" for what in ("ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility")}
        assert may(plan, "api") >= objects | held
        assert may(plan, "relay") >= objects | {"sqs:SendMessage", "sqs:ReceiveMessage", "sqs:GetQueueAttributes"}
        assert may(plan, "cpu") >= objects | {"sqs:SendMessage", "s3:PutLifecycleConfiguration"}
        assert may(plan, "gpu") >= objects | held | {"sqs:SendMessage", "s3:PutLifecycleConfiguration"}

    def test_no_component_may_do_what_is_anothers(self, plan: Plan) -> None:
        assert not {one for one in may(plan, "relay") if "Lifecycle" in one}
        for component in ("api", "relay", "cpu", "gpu"):
            assert not {one for one in may(plan, component) if one.startswith(("secretsmanager:", "iam:", "sts:"))}
            assert "s3:DeleteBucket" not in may(plan, component)
        assert "sqs:SendMessage" not in may(plan, "api")


def may(plan: Plan, component: str) -> set[str]:
    [policy] = [one for one in plan.of("iam_role_policy") if f'component["{component}"]' in one.address]
    return {action for one in json.loads(policy.values["policy"])["Statement"] for action in listed(one["Action"])}


class TestStorage:
    """Specification 2.5, 6.3 and 7.1."""

    def test_buckets_are_private_encrypted_versioned_and_refuse_what_is_in_the_clear(
        self, plan: Plan, env: str
    ) -> None:
        names = set(plan.by("s3_bucket", "bucket"))
        assert names == {f"ai-film-studio-{what}-{env}" for what in ("assets", "frontend", "logs")}
        assert settings(env).assets_bucket in names
        addresses = {where(one) for one in plan.of("s3_bucket")}
        for kind in (
            "s3_bucket_public_access_block", "s3_bucket_versioning", "s3_bucket_server_side_encryption_configuration",
            "s3_bucket_lifecycle_configuration", "s3_bucket_ownership_controls",
        ):  # fmt: skip
            assert {where(one) for one in plan.of(kind)} == addresses, kind
        for one in plan.of("s3_bucket_public_access_block"):
            kinds = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
            assert all(one.values[kind] is True for kind in kinds)
        for one in plan.of("s3_bucket_versioning"):
            assert one.values["versioning_configuration"][0]["status"] == "Enabled"
        for one in plan.of("s3_bucket_server_side_encryption_configuration"):
            [rule] = one.values["rule"]
            assert rule["apply_server_side_encryption_by_default"][0]["sse_algorithm"] == "AES256"
        denied = [
            resource
            for address, statement in plan.policies()
            if statement["Effect"] == "Deny" and "s3_bucket_policy" in address
            and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
            for resource in statement["Resource"]
        ]  # fmt: skip
        assert set(denied) == {f"arn:aws:s3:::{name}{end}" for name in names for end in ("", "/*")}

    def test_nobody_is_let_in_but_the_cdn_and_the_balancers_log(self, plan: Plan) -> None:
        for address, statement in plan.policies():
            if "s3_bucket_policy" in address and statement["Effect"] == "Allow":
                assert statement["Principal"] in (
                    {"Service": "cloudfront.amazonaws.com"},
                    {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
                )

    def test_assets_go_when_workers_say_so_themselves(self, plan: Plan) -> None:
        assert lifecycle(plan, "assets") == sorted(bucket.LIFECYCLE["Rules"], key=lambda rule: rule["ID"])
        for name in ("frontend", "logs"):
            [old] = [rule for rule in lifecycle(plan, name) if rule["ID"] == "old-versions"]
            assert old["NoncurrentVersionExpiration"] == {"NoncurrentDays": 30}

    def test_pages_of_the_one_site_upload(self, plan: Plan) -> None:
        host = plan.outputs["helm_values"] and yaml.safe_load(plan.outputs["helm_values"])["publicUrl"]
        [rule] = plan.one("s3_bucket_cors_configuration")["cors_rule"]
        [wanted] = bucket.cors(host)["CORSRules"]
        assert {
            "AllowedOrigins": rule["allowed_origins"],
            "AllowedMethods": sorted(rule["allowed_methods"]),
            "AllowedHeaders": rule["allowed_headers"],
            "MaxAgeSeconds": rule["max_age_seconds"],
        } == wanted | {"AllowedMethods": sorted(wanted["AllowedMethods"])}

    def test_models_lie_encrypted(self, plan: Plan) -> None:
        assert plan.one("efs_file_system")["encrypted"] is True
        assert len(plan.of("efs_mount_target")) == 2


def where(one: Resource) -> str:
    """Which bucket a setting is of."""
    return one.address.partition('["')[2]


def lifecycle(plan: Plan, name: str) -> list[Values]:
    """A bucket's rules, as S3 itself is told them."""
    [found] = [one for one in plan.of("s3_bucket_lifecycle_configuration") if where(one) == f'{name}"]']
    rules = []
    for rule in found.values["rule"]:
        told: Values = {"ID": rule["id"], "Status": rule["status"], "Filter": {"Prefix": rule["filter"][0]["prefix"]}}
        if rule["expiration"]:
            told["Expiration"] = {"Days": rule["expiration"][0]["days"]}
        if rule["noncurrent_version_expiration"]:
            days = rule["noncurrent_version_expiration"][0]["noncurrent_days"]
            told["NoncurrentVersionExpiration"] = {"NoncurrentDays": days}
        if rule["abort_incomplete_multipart_upload"]:
            days = rule["abort_incomplete_multipart_upload"][0]["days_after_initiation"]
            told["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": days}
        rules.append(told)
    return sorted(rules, key=lambda rule: str(rule["ID"]))


class TestQueues:
    """Specification 2.6."""

    def test_queues_are_as_workers_make_them(self, plan: Plan, env: str) -> None:
        queues = plan.by("sqs_queue", "name")
        named = {name for name in dir(Settings) if name.endswith("_queue")}
        assert {getattr(settings(env), name) for name in named} <= set(queues)
        assert set(queues) == {f"ai-film-studio-jobs{what}-{env}" for what in ("", "-motion", "-dlq")}
        for queue in queues.values():
            assert queue["message_retention_seconds"] == queueing.RETENTION_S == 14 * 86400
            assert queue["visibility_timeout_seconds"] == queueing.VISIBILITY_S == 900
            assert queue["sqs_managed_sse_enabled"] is True

    def test_every_queue_has_dead_letters_and_is_watched(self, plan: Plan, env: str) -> None:
        dead = settings(env).dead_letter_queue
        watched = {
            one.values["dimensions"]["QueueName"]
            for one in plan.of("cloudwatch_metric_alarm")
            if "QueueName" in (one.values["dimensions"] or {}) and one.values["alarm_actions"]
        }
        for name, queue in plan.by("sqs_queue", "name").items():
            assert name in watched
            if name != dead:
                redrive = json.loads(queue["redrive_policy"])
                assert redrive["maxReceiveCount"] == queueing.MAX_RECEIVES == 3
                assert redrive["deadLetterTargetArn"].startswith("arn:aws:sqs:")
        allowed = json.loads(plan.one("sqs_queue_redrive_allow_policy")["redrive_allow_policy"])
        assert len(allowed["sourceQueueArns"]) == 2


class TestDatabase:
    """Specification 2.4, 6.3 and 7.1."""

    def test_it_is_kept_for_seven_days_encrypted_and_inside(self, plan: Plan) -> None:
        database = plan.one("db_instance")
        assert database["engine"] == "postgres"
        assert database["engine_version"] == "15"
        assert database["backup_retention_period"] == 7
        assert database["allocated_storage"] == 100
        assert database["max_allocated_storage"] > 100
        assert database["storage_encrypted"] is True
        assert database["publicly_accessible"] is False
        assert database["skip_final_snapshot"] is False
        assert database["manage_master_user_password"] is True
        assert database.get("password") is None
        parameters = {one["name"]: one["value"] for one in plan.one("db_parameter_group")["parameter"]}
        assert parameters["rds.force_ssl"] == "1"

    def test_prod_has_a_second_one_and_dev_has_not(self, dev: Plan, prod: Plan) -> None:
        assert (dev.one("db_instance")["instance_class"], dev.one("db_instance")["multi_az"]) == ("db.t3.medium", False)
        assert (prod.one("db_instance")["instance_class"], prod.one("db_instance")["multi_az"]) == (
            "db.r6g.xlarge",
            True,
        )
        assert prod.one("db_instance")["deletion_protection"] is True


class TestNetwork:
    """Specification 3."""

    def test_subnets_are_those_of_the_specification(self, plan: Plan) -> None:
        assert plan.one("vpc")["cidr_block"] == "10.0.0.0/16"
        assert {(one.values["cidr_block"], one.values["availability_zone"]) for one in plan.of("subnet")} == {
            ("10.0.1.0/24", "us-east-1a"), ("10.0.2.0/24", "us-east-1b"), ("10.0.10.0/24", "us-east-1a"),
            ("10.0.11.0/24", "us-east-1b"), ("10.0.20.0/24", "us-east-1a"), ("10.0.21.0/24", "us-east-1b"),
        }  # fmt: skip
        assert not any(one.values["map_public_ip_on_launch"] for one in plan.of("subnet"))

    def test_no_way_leads_out_of_the_databases_subnets(self, plan: Plan) -> None:
        routes = {one.address for one in plan.of("route")}
        assert routes == {
            "module.network.aws_route.public",
            *(f'module.network.aws_route.private["{zone}"]' for zone in "ab"),
        }
        assert len(plan.of("nat_gateway")) == len(plan.of("eip"))

    def test_prod_reaches_the_internet_from_each_zone_by_itself(self, dev: Plan, prod: Plan) -> None:
        assert len(dev.of("nat_gateway")) == 1
        assert len(prod.of("nat_gateway")) == 2

    def test_the_world_reaches_the_load_balancer_and_nothing_else(self, plan: Plan) -> None:
        rules = plan.of("vpc_security_group_ingress_rule")
        public = [one for one in rules if one.values["cidr_ipv4"] or one.values["cidr_ipv6"]]
        assert {(one.address.partition('["')[2], one.values["from_port"], one.values["to_port"]) for one in public} == {
            ('https"]', 443, 443),
            ('http"]', 80, 80),
        }
        assert all(one.values["ip_protocol"] != "-1" for one in rules)
        for kind in ("security_group", "default_security_group"):
            assert all(not one.values.get("ingress") or one.values["ingress"] == [] for one in plan.of(kind))

    def test_rules_are_those_of_the_specification_and_of_temporal(self, plan: Plan) -> None:
        described = {
            one.address.partition('["')[2].removesuffix('"]'): (one.values["from_port"], one.values["to_port"])
            for one in plan.of("vpc_security_group_ingress_rule")
        }
        assert described["api"] == (8000, 8000)
        assert described["temporal"] == (7233, 7233)
        assert described["worker-figures"] == (8001, 8001)  # the chart's port of health and figures
        assert described["backend-database"] == described["worker-database"] == (5432, 5432)

    def test_what_goes_out_to_the_world_is_encrypted(self, plan: Plan) -> None:
        out = [one.values for one in plan.of("vpc_security_group_egress_rule") if one.values["cidr_ipv4"]]
        assert {one["to_port"] for one in out} == {443, 465, 587}


class TestCluster:
    """Specification 2.3 and 4.2."""

    def test_machines_with_a_gpu_are_spot_with_others_to_stand_in(self, plan: Plan, env: str) -> None:
        groups = plan.by("eks_node_group", "node_group_name")
        assert set(groups) == {f"studio-{env}-{name}" for name in ("general", "gpu-spot", "gpu-on-demand")}
        least, most = {"dev": (0, 5), "prod": (1, 20)}[env]
        for name, capacity, floor in (("gpu-spot", "SPOT", least), ("gpu-on-demand", "ON_DEMAND", 0)):
            group = groups[f"studio-{env}-{name}"]
            assert group["capacity_type"] == capacity
            assert group["instance_types"] == ["g4dn.xlarge", "g5.xlarge"]
            [scaling] = group["scaling_config"]
            assert (scaling["min_size"], scaling["max_size"]) == (floor, most)
            [taint] = group["taint"]
            assert (taint["key"], taint["effect"]) == ("nvidia.com/gpu", "NO_SCHEDULE")
        assert not groups[f"studio-{env}-general"]["taint"]

    def test_the_chart_asks_for_the_machines_that_there_are(self, plan: Plan, env: str) -> None:
        values = yaml.safe_load((helm.CHART / f"values-{env}.yaml").read_text(encoding="utf-8"))
        groups = plan.by("eks_node_group", "node_group_name")
        for fleet in values["gpu"]["fleets"].values():
            assert fleet["instanceTypes"] == groups[f"studio-{env}-gpu-spot"]["instance_types"]
            [scaling] = groups[f"studio-{env}-gpu-spot"]["scaling_config"]
            assert (fleet["min"], fleet["max"]) == (scaling["min_size"], scaling["max_size"])

    def test_machines_keep_their_secrets(self, plan: Plan) -> None:
        for one in plan.of("launch_template"):
            [options] = one.values["metadata_options"]
            assert options["http_tokens"] == "required"
            [disk] = one.values["block_device_mappings"]
            assert str(disk["ebs"][0]["encrypted"]).lower() == "true"

    def test_the_api_server_is_closed_and_its_secrets_are_encrypted(self, plan: Plan) -> None:
        cluster = plan.one("eks_cluster")
        [places] = cluster["vpc_config"]
        assert places["endpoint_private_access"] is True
        assert places["endpoint_public_access"] is False
        [encryption] = cluster["encryption_config"]
        assert encryption["resources"] == ["secrets"]
        assert "audit" in cluster["enabled_cluster_log_types"]


class TestEdge:
    """Specification 1.1 and 6.3."""

    def test_the_load_balancer_lets_streams_live_and_speaks_tls_alone(self, plan: Plan) -> None:
        balancer = plan.one("lb")
        values = yaml.safe_load((helm.CHART / "values.yaml").read_text(encoding="utf-8"))["ingress"]
        assert balancer["idle_timeout"] == values["idleSeconds"] == 300
        assert balancer["internal"] is False
        assert balancer["drop_invalid_header_fields"] is True
        listeners = plan.by("lb_listener", "port")
        assert set(listeners) == {443, 80}
        assert listeners[443]["ssl_policy"] == values["sslPolicy"]
        assert listeners[443]["certificate_arn"].startswith("arn:aws:acm:")
        [redirect] = listeners[80]["default_action"]
        assert redirect["type"] == "redirect"
        assert redirect["redirect"][0]["protocol"] == "HTTPS"

    def test_each_colour_has_its_targets(self, plan: Plan, env: str) -> None:
        groups = plan.by("lb_target_group", "name")
        assert set(groups) == {f"studio-{env}-blue", f"studio-{env}-green"}
        for group in groups.values():
            assert (group["port"], group["target_type"]) == (8000, "ip")
            assert group["health_check"][0]["path"] == "/healthz"

    def test_pages_and_api_are_one_origin_and_nothing_of_the_api_is_kept(self, plan: Plan) -> None:
        cdn = plan.one("cloudfront_distribution")
        assert cdn["viewer_certificate"][0]["minimum_protocol_version"] == "TLSv1.2_2021"
        [pages] = cdn["default_cache_behavior"]
        assert pages["target_origin_id"] == "pages"
        assert pages["viewer_protocol_policy"] == "redirect-to-https"
        assert not cdn["custom_error_response"]  # would replace the API's problems, too
        behaviours = cdn["ordered_cache_behavior"]
        assert {one["path_pattern"] for one in behaviours} == {"/api/*", "/healthz", "/readyz", "/version"}
        for one in behaviours:
            assert one["cache_policy_id"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
            assert one["compress"] is False
            assert set(one["allowed_methods"]) >= {"POST", "PUT", "PATCH", "DELETE"}
        [api] = [origin for origin in cdn["origin"] if origin["origin_id"] == "api"]
        [custom] = api["custom_origin_config"]
        assert custom["origin_protocol_policy"] == "https-only"
        assert list(custom["origin_ssl_protocols"]) == ["TLSv1.2"]

    def test_requests_are_divided_as_new_films_are(self, plan: Plan) -> None:
        [forward] = plan.one("lb_listener_rule")["action"][0]["forward"]
        colours = yaml.safe_load(plan.outputs["helm_values"])["colours"]
        assert sorted(one["weight"] for one in forward["target_group"]) == sorted(
            colour["weight"] for colour in colours.values()
        )

    def test_whoever_comes_past_the_cdn_is_told_nothing(self, plan: Plan) -> None:
        rule = plan.one("lb_listener_rule")
        [asked] = [one["http_header"][0] for one in rule["condition"] if one["http_header"]]
        [api] = [origin for origin in plan.one("cloudfront_distribution")["origin"] if origin["origin_id"] == "api"]
        [sent] = api["custom_header"]
        assert (sent["name"], [sent["value"]]) == (asked["http_header_name"], list(asked["values"]))
        [other] = plan.by("lb_listener", "port")[443]["default_action"]
        assert other["fixed_response"][0]["status_code"] == "404"

    def test_streams_say_something_before_anybody_loses_patience(self, plan: Plan) -> None:
        from api.streams import KEEP_ALIVE_S

        [api] = [one for one in plan.one("cloudfront_distribution")["origin"] if one["origin_id"] == "api"]
        assert api["custom_origin_config"][0]["origin_read_timeout"] > 2 * KEEP_ALIVE_S
        assert plan.one("lb")["idle_timeout"] > 2 * KEEP_ALIVE_S


class TestWatching:
    """Specification 5.2, 5.3 and 8.2."""

    def test_alarms_are_those_of_the_specification(self, plan: Plan, env: str) -> None:
        alarms = plan.by("cloudwatch_metric_alarm", "alarm_name")
        above = {name.removeprefix(f"studio-{env}-"): one["threshold"] for name, one in alarms.items()}
        wanted = {"api-errors": 5, "films-fail": 10, "database-cpu": 80, "dead-letters": 10, "storage": 1e12}
        assert above.items() >= wanted.items()
        assert all(one["alarm_actions"] for one in alarms.values())

    def test_a_crash_loop_is_told_from_films_that_failed(self, plan: Plan, env: str) -> None:
        alarms = plan.by("cloudwatch_metric_alarm", "alarm_name")
        loop, letter = alarms[f"studio-{env}-crash-loop"], alarms[f"studio-{env}-first-dead-letter"]
        # A ticket that was taken three times is one dead letter.
        assert loop["threshold"] == letter["threshold"] == 0
        assert loop["evaluation_periods"] == letter["evaluation_periods"] == 1
        assert (loop["metric_name"], loop["dimensions"]) == ("studio_dead_letters", {"env": env, "kind": "ticket"})
        assert loop["dimensions"]["kind"] in queueing.KINDS
        assert letter["dimensions"] == {"QueueName": settings(env).dead_letter_queue}

    def test_somebody_is_told_what_to_do_about_each(self, plan: Plan, env: str) -> None:
        page = (helm.ROOT / "docs" / "operations" / "alarms.md").read_text(encoding="utf-8")
        names = {name.removeprefix(f"studio-{env}-") for name in plan.by("cloudwatch_metric_alarm", "alarm_name")}
        assert set(re.findall(r"(?m)^## ([a-z-]+)$", page)) == names

    def test_each_dashboard_shows_what_the_specification_lists(self, plan: Plan, env: str) -> None:
        tiles = {
            name: [one["properties"] for one in json.loads(board["dashboard_body"])["widgets"]]
            for name, board in plan.by("cloudwatch_dashboard", "dashboard_name").items()
        }
        assert set(tiles) == {f"studio-{env}-{name}" for name in ("api", "jobs", "infrastructure")}
        text = {name: json.dumps(shown) for name, shown in tiles.items()}
        for name, figures in {
            "api": ("RequestCount", "HTTPCode_Target_5XX_Count", "p50", "p95", "p99", "ActiveConnectionCount"),
            "jobs": ("ApproximateNumberOfMessagesVisible", "studio_films", "running", "failed"),
            "infrastructure": (
                "GroupInServiceInstances", "node_gpu_utilization", "CPUUtilization", "FreeableMemory",
                "BucketSizeBytes",
            ),
        }.items():  # fmt: skip
            assert all(figure in text[f"studio-{env}-{name}"] for figure in figures), name
            assert len(tiles[f"studio-{env}-{name}"]) == 4

    def test_figures_of_films_are_those_that_the_api_has(self, plan: Plan) -> None:
        from api.measure import REGISTRY  # by it, the API's own figures are there

        known = {one.name for one in REGISTRY.collect()}
        boards = "".join(one.values["dashboard_body"] for one in plan.of("cloudwatch_dashboard"))
        alarms = json.dumps([one.values for one in plan.of("cloudwatch_metric_alarm")])
        asked = set(re.findall(r"studio_\w+", boards + alarms))
        assert asked == {"studio_films", "studio_dead_letters"}
        assert asked <= known

    def test_costs_are_said_at_eighty_and_at_a_hundred_percent(self, dev: Plan, prod: Plan) -> None:
        for plan, dollars in ((dev, 335), (prod, 2650)):
            budget = plan.one("budgets_budget")
            assert float(budget["limit_amount"]) == dollars
            told = {(one["notification_type"], one["threshold"]) for one in budget["notification"]}
            assert told >= {("ACTUAL", 80), ("ACTUAL", 100)}
            assert all(one["subscriber_email_addresses"] for one in budget["notification"])


def test_secrets_are_made_empty(plan: Plan) -> None:
    assert len(plan.of("secretsmanager_secret")) >= 4
    assert not plan.of("secretsmanager_secret_version")


class TestTogether:
    """What the chart is told fits the chart."""

    def test_the_chart_renders_with_what_terraform_says(self, plan: Plan, env: str) -> None:
        told = yaml.safe_load(plan.outputs["helm_values"])
        docs = helm.template(env, told)
        bindings = helm.of_kind(docs, "TargetGroupBinding")
        assert [one["spec"]["serviceRef"]["name"] for one in bindings] == ["studio-api-blue"]
        assert not helm.of_kind(docs, "Ingress")
        accounts = {one["metadata"]["name"]: one for one in helm.of_kind(docs, "ServiceAccount")}
        trusted = {
            value
            for _, statement in plan.policies()
            for value in statement.get("Condition", {}).get("StringEquals", {}).values()
        }
        # PgBouncer asks nothing of AWS.
        assert "annotations" not in accounts.pop("studio-pooler", {"metadata": {}})["metadata"]
        for name in accounts:
            assert f"system:serviceaccount:studio:{name}" in trusted

    def test_each_secret_of_the_chart_has_a_place_with_its_key(self, plan: Plan, env: str) -> None:
        said = yaml.safe_load((helm.CHART / f"values-{env}.yaml").read_text(encoding="utf-8"))
        values = said["secrets"] | ({"pooler": {"users": said["pooler"]["users"]}} if "pooler" in said else {})
        kept = {
            name.rpartition("/")[2]: one["description"]
            for name, one in plan.by("secretsmanager_secret", "name").items()
        }
        for component in values.values():
            for source in component.values():
                keys = kept[source["name"].removeprefix("studio-")].removeprefix("Keys: ")
                assert source["key"] in re.split(r"[,:] ", keys)
