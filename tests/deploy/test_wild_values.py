"""Values as somebody might combine them: each renders and is valid, or is refused with a sentence. Nothing between."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deploy.helm import Refused, template
from tests.deploy.valid import check
from tests.effort import tries

pytestmark = pytest.mark.slow

TAGS = st.sampled_from(["0.1.0", "0.2.0", "1.4.0-rc.1", "2026-11-29_abc", "A", "x" * 63, "", "latest"])
COUNTS = st.integers(min_value=-1, max_value=30)
FLEETS = st.fixed_dictionaries(
    {"min": COUNTS, "max": COUNTS, "capacity": st.sampled_from(["spot", "on-demand", "cheap"])},
    optional={
        "family": st.sampled_from(["sdxl", "ltx", "", "flux"]),
        "model": st.sampled_from(["sdxl-base-1.0", "a model", ""]),
        "instanceTypes": st.lists(st.sampled_from(["g5.xlarge", "g4dn.xlarge", "fast"]), max_size=2, unique=True),
        "countsTickets": st.booleans(),
        "resources": st.just({"requests": {"memory": "20Gi"}, "limits": {"memory": "24Gi"}}),
    },
)
COLOURS = st.tuples(TAGS, TAGS, st.sampled_from([0, 10, 49, 50, 100]), st.sampled_from(["blue", "green"])).map(
    lambda drawn: {
        "colours": {
            "blue": {"tag": drawn[0], "weight": 100 - drawn[2]},
            "green": {"tag": drawn[1], "weight": drawn[2]},
        },
        "newest": drawn[3],
    }
)
REST: dict[str, st.SearchStrategy[Any]] = {
    "env": st.sampled_from(["prod", "prod", "p", "", "Prod"]),
    "proxies": st.integers(0, 3),
    "api": st.fixed_dictionaries({"min": COUNTS, "max": COUNTS}),
    "relay": st.fixed_dictionaries({"replicas": st.integers(0, 3)}),
    "pooler": st.fixed_dictionaries(
        {"enabled": st.booleans()},
        optional={
            "image": st.sampled_from(["pgbouncer:1.24.1", "pgbouncer", ""]),
            "database": st.fixed_dictionaries({"host": st.sampled_from(["db.example", "", "db; x"])}),
            "connections": st.integers(-1, 50),
        },
    ),
    "cpu": st.fixed_dictionaries(
        {"min": COUNTS},
        optional={"draining": st.lists(TAGS, max_size=2), "drainSeconds": st.sampled_from([1, 90, 300])},
    ),
    "monitoring": st.fixed_dictionaries(
        {"enabled": st.booleans()},
        optional={
            "labels": st.just({"team": "film"}),
            "dashboards": st.fixed_dictionaries({"enabled": st.booleans()}, optional={"labels": st.just({})}),
        },
    ),
    "canary": st.fixed_dictionaries({"prometheusUrl": st.sampled_from(["", "http://prometheus:9090", "prometheus"])}),
    "ingress": st.fixed_dictionaries({"enabled": st.booleans(), "idleSeconds": st.integers(0, 400)}),
    "network": st.fixed_dictionaries({"mailPorts": st.lists(st.sampled_from([25, 587, 0]), max_size=2, unique=True)}),
    "settings": st.dictionaries(
        st.sampled_from(["STUDIO_MAIL_FROM", "STUDIO_RENDERERS", "HOME"]), st.text(max_size=20)
    ),
    "migration": st.fixed_dictionaries({"enabled": st.booleans()}),
}


@st.composite
def values(draw: st.DrawFn) -> dict[str, Any]:
    """Change a few things of a sensible whole: all at once would be refused for the first of them."""
    changed = draw(st.lists(st.sampled_from([*REST, "colours", "fleets"]), max_size=3, unique=True))
    found: dict[str, Any] = {}
    for name in changed:
        if name == "colours":
            found |= draw(COLOURS)
        elif name == "fleets":
            fleets = draw(st.dictionaries(st.sampled_from(["keyframe", "clips", "a-b", "Bad"]), FLEETS, max_size=2))
            found["gpu"] = {"fleets": fleets}
        else:
            found[name] = draw(REST[name])
    return found


@settings(max_examples=tries(30, 4), deadline=None)
@given(values())
def test_values_are_rendered_whole_or_refused_with_a_sentence(changes: dict[str, Any]) -> None:
    try:
        docs = template("prod", changes)
    except Refused as refused:
        said = str(refused)
        schema = "don't meet the specifications of the schema" in said
        assert schema or "execution error at" in said
        # What Helm or Go says by itself of a template that broke is no sentence for anybody.
        assert not any(word in said for word in ("nil pointer", "can't evaluate", "YAML parse", "wrong type", "<nil>"))
        return
    for doc in docs:
        check(doc, versions=("1.37",))
