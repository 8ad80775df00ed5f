"""An inventory as CycloneDX 1.6, valid by its schema."""

from __future__ import annotations

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from deploy.sbom.inventories import Inventory
from deploy.sbom.parts import InventoryError, Part

_LICENCES = LicenseFactory()


def document(inventory: Inventory, version: str) -> str:
    """Write an inventory down.

    Args:
        inventory: What it is of.
        version: Of this software.

    Returns:
        JSON, which its schema has been held against.

    Raises:
        InventoryError: The schema refuses it.
    """
    bom = Bom()
    bom.metadata.component = root = Component(
        name=f"ai-film-studio-{inventory.name}",
        version=version,
        type=ComponentType(inventory.kind.value),
        licenses=[_LICENCES.make_with_id("Apache-2.0")],
        bom_ref=f"ai-film-studio-{inventory.name}",
    )
    made = [(part, _component(part)) for part in inventory.parts]
    by_name = {part.name: component for part, component in made}
    bom.components.update(component for _, component in made)
    needed = {name for part in inventory.parts for name in part.needs}
    bom.register_dependency(root, [component for part, component in made if part.name not in needed])
    for part, component in made:
        bom.register_dependency(component, [by_name[name] for name in part.needs if name in by_name])
    text: str = JsonV1Dot6(bom).output_as_string(indent=2)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise InventoryError(f"The inventory of {inventory.name} is not CycloneDX 1.6: {fault}.")
    return text + "\n"


def _component(part: Part) -> Component:
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType(part.kind.value),
        purl=PackageURL.from_string(part.purl),
        bom_ref=f"{part.name}@{part.version}",
        licenses=[_LICENCES.make_from_string(part.licence)],
        properties=[Property(name=f"ai-film-studio:{name}", value=value) for name, value in part.facts.items()],
    )
