"""Models on this machine: which they are, and whether they are whole and safe. Knows no torch."""

from film.models.fitting import ADAPTER, check_adapter, check_lora, check_tokenizer, has_adapter
from film.models.folder import MANIFEST, describe, find_model, list_models, read_manifest, verify_model, write_manifest
from film.models.helpers import find_helper, names_of
from film.models.loras import find_lora, list_loras, lora_names
from film.models.published import check_published, published, published_names
from film.models.seen import note_read, verify_once

__all__ = [
    "ADAPTER",
    "MANIFEST",
    "check_adapter",
    "check_lora",
    "check_published",
    "check_tokenizer",
    "describe",
    "find_helper",
    "find_lora",
    "find_model",
    "has_adapter",
    "list_loras",
    "list_models",
    "lora_names",
    "names_of",
    "note_read",
    "published",
    "published_names",
    "read_manifest",
    "verify_model",
    "verify_once",
    "write_manifest",
]
