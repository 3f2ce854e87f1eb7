"""Programs that use the hub, each in a process of its own: the client reads its settings when it is imported."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .server import Hub
from .store import WRITE_TOKEN

ROOT = Path(__file__).parents[2]

FOREIGN = ("HF_", "HUGGING_FACE_", "HUGGINGFACE_")  # settings of whoever runs the tests


def run_client(
    hub: Hub,
    program: str | Sequence[str],
    *,
    home: Path,
    xet: bool,
    token: str | None = WRITE_TOKEN,
    environment: Mapping[str, str] | None = None,
    timeout: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Run Python code, or Python with arguments such as ["-m", "build_dataset.cli"], as a client of a hub.

    Args:
        hub: what the program takes for the Hugging Face Hub.
        program: code or arguments.
        home: the folder of the client's cache and token; the same again for a client that remembers.
        xet: upload and download through xet, as is the default of the client; else through git-lfs.
        token: None for a client that is not logged in.
        environment: further settings.
        timeout: seconds after which the program is ended.

    Returns:
        The ended process with its output, whatever its exit status.
    """
    arguments = ["-c", program] if isinstance(program, str) else list(program)
    return subprocess.run(
        [sys.executable, *arguments],
        env={**client_environment(hub, home=home, xet=xet, token=token), **(environment or {})},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def client_environment(hub: Hub, *, home: Path, xet: bool, token: str | None = WRITE_TOKEN) -> dict[str, str]:
    """The environment of a client of a hub: no setting of the user's own, and no proxy on the way."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(FOREIGN) and not name.lower().endswith("_proxy")
    }
    return {
        **own,
        "HF_ENDPOINT": hub.endpoint,
        "HF_HOME": str(home),
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_UPDATE_CHECK": "1",
        "HF_UPDATE_DOWNLOAD_COUNTS": "0",
        "HF_XET_CLIENT_RETRY_BASE_DELAY": "50ms",  # else it waits for minutes before it gives up
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        **({"HF_TOKEN": token} if token else {}),
        **({} if xet else {"HF_HUB_DISABLE_XET": "1"}),
    }
