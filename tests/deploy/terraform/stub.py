"""A provider that knows the schemas of AWS and nothing else: Terraform's own plugin protocol, version 5, over gRPC.

It says which resources there are and which arguments they take, so that Terraform validates, plans and mocks as with
the real one. It checks no value, and asks and changes nothing.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import msgpack

from tests.deploy.terraform import protocol

SCHEMAS = Path(__file__).with_name("aws-5.100.0.json.gz")
"""Of the resources that deploy/terraform uses, as the real provider tells them: `schemas.py` writes it."""

PROVIDER = "hashicorp/aws"

_UNKNOWN = msgpack.ExtType(0, b"\0")
"""What is known after an apply."""

Block = dict[str, Any]


def read_schemas() -> dict[str, Any]:
    """The schemas: `provider`, and `resources` by type."""
    with gzip.open(SCHEMAS, "rt", encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


@contextmanager
def serving() -> Iterator[str]:
    """Serve the provider on this machine.

    Yields:
        What Terraform finds it by: the value of TF_REATTACH_PROVIDERS.
    """
    server = grpc.server(ThreadPoolExecutor(4), options=[("grpc.max_send_message_length", -1)])
    server.add_generic_rpc_handlers([_handlers(read_schemas())])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    address = {"Network": "tcp", "String": f"127.0.0.1:{port}"}
    found = {"Protocol": "grpc", "ProtocolVersion": 5, "Pid": os.getpid(), "Test": True, "Addr": address}
    try:
        yield json.dumps({PROVIDER: found})
    finally:
        server.stop(grace=None).wait()


def _handlers(schemas: dict[str, Any]) -> grpc.GenericRpcHandler:
    resources = schemas["resources"]
    told = protocol.message("GetProviderSchema.Response")(
        provider=_schema(schemas["provider"]),
        resource_schemas=[{"key": name, "value": _schema(one)} for name, one in resources.items()],
    )

    def plan(request: Any) -> dict[str, Any]:
        # What the configuration leaves to AWS is known once it is there.
        state = msgpack.unpackb(request.proposed_new_state.msgpack, raw=False, strict_map_key=False)
        if state is not None:
            _leave_open(state, resources[request.type_name]["block"])
        return {"planned_state": {"msgpack": msgpack.packb(state)}, "legacy_type_system": True}

    answers: dict[str, Callable[[Any], Any]] = {
        "GetSchema": lambda _: told,
        "PrepareProviderConfig": lambda request: {"prepared_config": {"msgpack": request.config.msgpack}},
        "ValidateResourceTypeConfig": lambda _: {},
        "Configure": lambda _: {},
        "PlanResourceChange": plan,
        "Stop": lambda _: {},
    }
    return grpc.method_handlers_generic_handler(
        protocol.SERVICE, {name: _handler(name, answer) for name, answer in answers.items()}
    )


def _handler(name: str, answer: Callable[[Any], Any]) -> grpc.RpcMethodHandler:
    asked, told = (protocol.message(f"{protocol.MESSAGES[name]}.{way}") for way in ("Request", "Response"))

    def respond(request: Any, _: grpc.ServicerContext) -> Any:
        found = answer(request)
        return told(**found) if isinstance(found, dict) else found

    return grpc.unary_unary_rpc_method_handler(
        respond, request_deserializer=asked.FromString, response_serializer=told.SerializeToString
    )


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    return {"version": schema["version"], "block": _block(schema["block"])}


_NESTING = {"single": 1, "list": 2, "set": 3, "map": 4, "group": 5}
_FLAGS = ("required", "optional", "computed", "sensitive", "deprecated", "write_only")


def _block(block: Block) -> dict[str, Any]:
    return {
        "attributes": [
            {"name": name, "type": json.dumps(one["type"]).encode()} | {flag: one.get(flag, False) for flag in _FLAGS}
            for name, one in block.get("attributes", {}).items()
        ],
        "block_types": [
            {
                "type_name": name,
                "block": _block(one["block"]),
                "nesting": _NESTING[one["nesting_mode"]],
                "min_items": one.get("min_items", 0),
                "max_items": one.get("max_items", 0),
            }
            for name, one in block.get("block_types", {}).items()
        ],
    }


def _leave_open(value: dict[str, Any], block: Block) -> None:
    """Replace what is computed and not given by the unknown, in nested blocks, too."""
    for name, one in block.get("attributes", {}).items():
        if one.get("computed") and value.get(name) is None:
            value[name] = _UNKNOWN
    for name, one in block.get("block_types", {}).items():
        inside = value.get(name)
        for item in [inside] if isinstance(inside, dict) else inside if isinstance(inside, list) else []:
            _leave_open(item, one["block"])
