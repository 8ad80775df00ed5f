"""The messages of Terraform's plugin protocol, version 5: those that a provider without a cloud needs.

A protocol as Terraform publishes it: names, kinds and numbers of fields. A map is what it is on the wire: entries of a
key and a value each.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PACKAGE = "tfplugin5"
SERVICE = f"{PACKAGE}.Provider"

MESSAGES = {
    "GetSchema": "GetProviderSchema",
    "PrepareProviderConfig": "PrepareProviderConfig",
    "ValidateResourceTypeConfig": "ValidateResourceTypeConfig",
    "Configure": "Configure",
    "PlanResourceChange": "PlanResourceChange",
    "Stop": "Stop",
}
"""The messages of each method of the service: a request and a response."""

_FIELDS = {
    "DynamicValue": "1 bytes msgpack, 2 bytes json",
    "Diagnostic": "1 int64 severity, 2 string summary, 3 string detail",
    "Attribute": "1 string name, 2 bytes type, 4 bool required, 5 bool optional, 6 bool computed, 7 bool sensitive, "
    "9 bool deprecated, 10 bool write_only",
    "NestedBlock": "1 string type_name, 2 Block block, 3 int64 nesting, 4 int64 min_items, 5 int64 max_items",
    "Block": "1 int64 version, 2 *Attribute attributes, 3 *NestedBlock block_types",
    "Schema": "1 int64 version, 2 Block block",
    "Entry": "1 string key, 2 Schema value",
    "GetProviderSchema.Request": "",
    "GetProviderSchema.Response": "1 Schema provider, 2 *Entry resource_schemas, 4 *Diagnostic diagnostics",
    "PrepareProviderConfig.Request": "1 DynamicValue config",
    "PrepareProviderConfig.Response": "1 DynamicValue prepared_config, 2 *Diagnostic diagnostics",
    "ValidateResourceTypeConfig.Request": "1 string type_name, 2 DynamicValue config",
    "ValidateResourceTypeConfig.Response": "1 *Diagnostic diagnostics",
    "Configure.Request": "1 string terraform_version, 2 DynamicValue config",
    "Configure.Response": "1 *Diagnostic diagnostics",
    "PlanResourceChange.Request": "1 string type_name, 2 DynamicValue prior_state, 3 DynamicValue proposed_new_state, "
    "4 DynamicValue config, 5 bytes prior_private",
    "PlanResourceChange.Response": "1 DynamicValue planned_state, 3 bytes planned_private, 4 *Diagnostic diagnostics, "
    "5 bool legacy_type_system",
    "Stop.Request": "",
    "Stop.Response": "1 string Error",
}

_KINDS = {"bytes": 12, "string": 9, "bool": 8, "int64": 3}  # by descriptor.proto; an enumeration is a number, too
_MESSAGE, _ONE, _MANY = 11, 1, 3


@cache
def _pool() -> descriptor_pool.DescriptorPool:
    file = descriptor_pb2.FileDescriptorProto(name=f"{PACKAGE}.proto", package=PACKAGE, syntax="proto3")
    for name, fields in _FIELDS.items():
        described = file.message_type.add(name=name.replace(".", "_"))
        for text in filter(None, fields.split(", ")):
            number, kind, label = text.split()
            field: Any = described.field.add(name=label, number=int(number))
            field.label = _MANY if kind.startswith("*") else _ONE
            kind = kind.removeprefix("*")
            field.type = _KINDS.get(kind, _MESSAGE)
            if field.type == _MESSAGE:
                field.type_name = f".{PACKAGE}.{kind}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool


@cache
def message(name: str) -> Any:
    """The class of a message, such as `Stop.Request`."""
    described = _pool().FindMessageTypeByName(f"{PACKAGE}.{name.replace('.', '_')}")
    return message_factory.GetMessageClass(described)
