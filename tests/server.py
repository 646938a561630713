"""The application as `make run` starts it, in a process of its own, with the demonstration loaded."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder, **variables):
    """Start `scripts/serve` with its data in `folder`; gives the address once /healthz answers, stops it after.

    It is 27/02/2017 unless `variables` say another TODAY.
    """
    port = free_port()
    environment = os.environ | {"VAR_DIR": str(folder), "PORT": str(port), "DEMONSTRATION": "true"}
    environment |= {"TODAY": "27/02/2017", "WEB_CONCURRENCY": "1"} | variables
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "scripts/serve"],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise RuntimeError((folder / "server.log").read_text())
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                time.sleep(0.3)
        else:
            raise RuntimeError("the server did not start in three minutes")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()
