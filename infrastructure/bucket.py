"""The assets bucket's own settings: versions, encryption, and what it deletes by itself."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from infrastructure.aws import error_code
from infrastructure.retention import EXPIRE_DAYS, EXPIRING_PREFIXES, OLD_VERSION_DAYS

_EXISTS = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}
_UNSUPPORTED = {"NotImplemented", "MethodNotAllowed", "UnsupportedOperation", "501", "405"}

VERSIONING: dict[str, Any] = {"Status": "Enabled"}
ENCRYPTION: dict[str, Any] = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
LIFECYCLE: dict[str, Any] = {
    "Rules": [
        *(
            {
                "ID": f"expire-{prefix.rstrip('/')}",
                "Status": "Enabled",
                "Filter": {"Prefix": prefix},
                "Expiration": {"Days": EXPIRE_DAYS},
            }
            for prefix in EXPIRING_PREFIXES
        ),
        {
            "ID": "old-versions",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "NoncurrentVersionExpiration": {"NoncurrentDays": OLD_VERSION_DAYS},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
        },
    ]
}


def cors(origin: str) -> dict[str, Any]:
    """Say from which site browsers may upload and fetch by signed links."""
    return {
        "CORSRules": [
            {
                "AllowedOrigins": [origin],
                "AllowedMethods": ["PUT", "GET", "HEAD"],
                "AllowedHeaders": ["*"],
                "MaxAgeSeconds": 3600,
            }
        ]
    }


async def ensure(client: Any, bucket: str, region: str, origin: str) -> list[str]:
    """Create a bucket unless it exists, and set it up: private, versioned, SSE-S3, with expiry, for one site.

    Args:
        client: An open S3 client.
        bucket: The bucket's name.
        region: Where it lies.
        origin: Of the site whose pages upload to it, such as `https://studio.example.org`.

    Returns:
        A sentence for each setting that the store at hand does not support; empty where it supports all.

    Raises:
        ClientError: The store refused for another reason.
    """
    await _create(client, bucket, region)
    lacking = [
        await _set(client, "versioning", bucket, VersioningConfiguration=VERSIONING),
        await _set(client, "encryption", bucket, ServerSideEncryptionConfiguration=ENCRYPTION),
        await _set(client, "lifecycle_configuration", bucket, LifecycleConfiguration=LIFECYCLE),
        await _set(client, "cors", bucket, CORSConfiguration=cors(origin)),
    ]
    return [sentence for sentence in lacking if sentence]


async def _create(client: Any, bucket: str, region: str) -> None:
    # AWS names every region but the first.
    place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    try:
        await client.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error_code(error) not in {"404", "NoSuchBucket"}:
            raise
        try:
            await client.create_bucket(Bucket=bucket, **place)
        except ClientError as raced:
            if error_code(raced) not in _EXISTS:
                raise


async def _set(client: Any, name: str, bucket: str, **setting: Any) -> str | None:
    """Apply one setting and read it back: some stores accept what they then ignore."""
    [wanted] = setting.values()
    try:
        await getattr(client, f"put_bucket_{name}")(Bucket=bucket, **setting)
        answer = await getattr(client, f"get_bucket_{name}")(Bucket=bucket)
    except ClientError as error:
        if error_code(error) not in _UNSUPPORTED:
            raise
        return f"Bucket {bucket}: the store does not support {name} ({error_code(error)})."
    found = answer.get("ServerSideEncryptionConfiguration", answer)
    if _contains(found, wanted):
        return None
    return f"Bucket {bucket}: the store accepted {name} and does not apply it."


def _contains(found: Any, wanted: Any) -> bool:
    """Tell whether all that was wanted is there; stores add fields of their own, and sort rules as they like."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(_contains(found.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and all(any(_contains(item, value) for item in found) for value in wanted)
    return bool(found == wanted)
