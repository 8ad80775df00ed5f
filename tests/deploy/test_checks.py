"""The smoke test and the gate of an upgrade, against servers that answer as an API and Prometheus would."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from api.app import PREFIX
from api.measure import REQUESTS
from tests.deploy.helm import CHART

Answer = tuple[int, object]
FILES = CHART / "files"


@contextmanager
def serving(answer: Callable[[str], Answer]) -> Iterator[str]:
    """Serve JSON at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answer(self.path)
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(name: str, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", FILES / f"{name}.py", *arguments], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


WELL: dict[str, Answer] = {
    "/healthz": (200, {}),
    "/readyz": (200, {"ready": True}),
    "/version": (200, {"version": "0.2.0"}),
    f"{PREFIX}/openapi.json": (200, {}),
    f"{PREFIX}/projects": (401, {}),
}


def test_a_colour_that_works_passes() -> None:
    with serving(lambda path: WELL.get(path, (404, {}))) as address:
        assert run("smoke", address) == (0, "version 0.2.0\nall is well\n")


@pytest.mark.parametrize(
    ("path", "answer"),
    [("/readyz", (503, {"ready": False})), (f"{PREFIX}/projects", (200, [])), ("/version", (500, {}))],
)
def test_a_colour_that_does_not_is_named_with_what_it_said(path: str, answer: Answer) -> None:
    with serving(lambda asked: (WELL | {path: answer}).get(asked, (404, {}))) as address:
        code, said = run("smoke", address)
    assert code == 1
    assert f"{path} answers {answer[0]}" in said


def test_a_colour_that_is_not_there_fails() -> None:
    code, said = run("smoke", "http://127.0.0.1:9")
    assert code == 1
    assert "/healthz does not answer" in said


class Prometheus:
    """Counts of requests by what was asked for."""

    def __init__(self, total: float, failed: float) -> None:
        self.total, self.failed, self.asked = total, failed, list[str]()

    def __call__(self, path: str) -> Answer:
        [expression] = parse_qs(urlsplit(path).query)["query"]
        self.asked.append(expression)
        value = self.failed if "5.." in expression else self.total
        return 200, {"data": {"result": [{"value": [0, str(value)]}] if value else []}}


def gate(address: str, rate: str = "0.05", seconds: str = "1", least: str = "20") -> tuple[int, str]:
    return run("gate", address, "studio", "green", rate, seconds, least)


def test_a_colour_that_fails_seldom_goes_on() -> None:
    prometheus = Prometheus(total=400, failed=20)
    with serving(prometheus) as address:
        assert gate(address) == (0, "green failed 20 of 400 requests\ngo on\n")
    # It asks for a figure that the API has, of the colour, over all its processes.
    for expression in prometheus.asked:
        assert re.match(r'sum\(increase\((\w+)_total\{namespace="studio",ai_film_studio_track="green"', expression)
        assert f"({REQUESTS._name}_total{{" in expression


def test_a_colour_that_fails_often_is_stopped_at_once() -> None:
    with serving(Prometheus(total=400, failed=21)) as address:
        code, said = gate(address, seconds="600")
    assert (code, said) == (1, "green failed 21 of 400 requests, more than 5.0%: take its weight back\n")


def test_a_colour_that_nobody_asked_is_not_called_well() -> None:
    with serving(Prometheus(total=3, failed=0)) as address:
        code, said = gate(address)
    assert code == 1
    assert "was asked 3 times only" in said


def test_without_prometheus_nothing_is_called_well() -> None:
    code, said = gate("http://127.0.0.1:9")
    assert code == 1
    assert "Prometheus does not say how green does" in said
