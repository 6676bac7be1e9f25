"""Servers for the tests: the binary on a free port of this machine, with an empty folder, stopped at the end."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import periplus
import pytest

HERE = Path(__file__).resolve().parent
#: Books are opened and the sample is answered in this time, also by an unoptimized build on a busy machine.
READY_SECONDS = 60


def _dies_with_parent() -> None:
    """On Linux the server ends when the tests do, however they end (PR_SET_PDEATHSIG)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Server:
    """A running server."""

    def __init__(self, folder: Path):
        binary = os.environ.get("PERIPLUS")
        if not binary:
            pytest.fail("PERIPLUS does not say where the binary is: run clients/python/test.sh")
        self.log = folder / "server.log"
        clean = {key: it for key, it in os.environ.items() if not key.startswith("PERIPLUS_")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [binary, "serve", "--port", "0", "--json", "--data-dir", str(folder / "data")],
                stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL, text=True, env=clean, cwd=folder,
                preexec_fn=_dies_with_parent,
            )
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line.strip():
            self.process.wait()
            pytest.fail(f"the server did not start: exit code {self.process.returncode}\n{self.tail()}")
        self.url = json.loads(line)["url"]
        self.wait_ready()

    def wait_ready(self) -> None:
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                pytest.fail(f"the server ended\n{self.tail()}")
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            time.sleep(0.05)
        pytest.fail(f"the server is not ready after {READY_SECONDS} s\n{self.tail()}")

    def tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-40:])

    def stop(self) -> int:
        """Ends it as an operator would; the exit code."""
        self.process.terminate()
        try:
            return self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            pytest.fail("the server did not stop when it was told to")


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    try:
        yield server
    finally:
        code = server.stop()
    assert code == 0, f"the server ended with {code}\n{server.tail()}"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server as it is on one's own machine: nobody has a login."""
    with running(tmp_path_factory.mktemp("server")) as it:
        yield it


@pytest.fixture(scope="session")
def another_server():
    """Starts a server of one's own: `with another_server(folder) as server`."""
    return running


@pytest.fixture
def client(server: Server) -> Iterator[periplus.Client]:
    with periplus.connect(server.url) as it:
        yield it


@pytest.fixture(scope="session")
def document(server: Server) -> dict:
    """The description that the server gives of itself."""
    return httpx.get(f"{server.url}/api/openapi.json", timeout=30).json()
