"""Asks a colour whether it works, before anybody else does: `python smoke.py http://SERVICE`."""

import json
import sys
import urllib.error
import urllib.request

PATIENCE_S = 10


def ask(url: str) -> tuple[int, bytes]:
    """Return status and body, whatever the status."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def check(base: str) -> list[str]:
    """Return a sentence for each thing that is not as it should be."""
    wrong = []
    for path, wanted in (
        ("/healthz", 200),
        ("/readyz", 200),  # database and store answer
        ("/version", 200),
        ("/api/v1/openapi.json", 200),
        ("/api/v1/projects", 401),  # strangers stay out
    ):
        try:
            status, body = ask(base + path)
        except (OSError, ValueError) as error:
            wrong.append(f"{path} does not answer: {error}")
            continue
        if status != wanted:
            wrong.append(f"{path} answers {status} and not {wanted}: {body[:200].decode(errors='replace')}")
        elif path == "/version":
            sys.stdout.write(f"version {json.loads(body)['version']}\n")
    return wrong


if __name__ == "__main__":
    found = check(sys.argv[1].rstrip("/"))
    sys.stdout.write("".join(f"{sentence}\n" for sentence in found) or "all is well\n")
    raise SystemExit(bool(found))
