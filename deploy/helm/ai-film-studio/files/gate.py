"""Watches a colour's share of failed requests: `python gate.py PROMETHEUS NAMESPACE COLOUR RATE SECONDS REQUESTS`.

Ends with 0 when the colour was asked often enough over the time and stayed below the rate throughout, with 1 as soon as
it did not: also where Prometheus does not know, since nothing is known then. Standard library alone.
"""

import json
import sys
import time
import urllib.parse
import urllib.request

EVERY_S = 15.0
PATIENCE_S = 10
BLIND = 4
"""So many questions in a row may stay unanswered."""

OF = 'studio_http_requests_total{{namespace="{namespace}",ai_film_studio_track="{colour}"{more}}}'


def ask(prometheus: str, expression: str) -> float:
    """Ask Prometheus for one number; 0 where no series matches."""
    query = urllib.parse.urlencode({"query": expression})
    with urllib.request.urlopen(f"{prometheus}/api/v1/query?{query}", timeout=PATIENCE_S) as answer:
        result = json.load(answer)["data"]["result"]
    return float(result[0]["value"][1]) if result else 0.0


def counted(prometheus: str, namespace: str, colour: str, seconds: int) -> tuple[float, float]:
    """Return how many requests were answered over the last seconds, and how many of them with 5xx."""
    total, failed = (
        ask(prometheus, f"sum(increase({OF.format(namespace=namespace, colour=colour, more=more)}[{seconds}s]))")
        for more in ("", ',status=~"5.."')
    )
    return total, failed


def watch(prometheus: str, namespace: str, colour: str, rate: float, seconds: int, least: int) -> str:
    """Watch for the time; return why not, or nothing."""
    begun, blind = time.monotonic(), 0
    total = failed = 0.0
    while True:
        since = time.monotonic() - begun
        try:
            total, failed = counted(prometheus, namespace, colour, max(60, min(seconds, int(since))))
            blind = 0
        except (OSError, ValueError, KeyError) as error:
            blind += 1
            if blind >= BLIND:
                return f"Prometheus does not say how {colour} does: {error}"
        if total >= least and failed > rate * total:
            return f"{colour} failed {failed:.0f} of {total:.0f} requests, more than {rate:.1%}: take its weight back"
        if since >= seconds:
            break
        time.sleep(min(EVERY_S, seconds - since))
    if blind:
        return f"Prometheus does not say how {colour} does"
    if total < least:
        return (
            f"{colour} was asked {total:.0f} times only, fewer than {least}: nothing can be said; give it more weight"
        )
    sys.stdout.write(f"{colour} failed {failed:.0f} of {total:.0f} requests\n")
    return ""


if __name__ == "__main__":
    address, space, one, most, lasting, fewest = sys.argv[1:]
    found = watch(address.rstrip("/"), space, one, float(most), int(lasting), int(fewest))
    sys.stdout.write(f"{found}\n" if found else "go on\n")
    raise SystemExit(bool(found))
