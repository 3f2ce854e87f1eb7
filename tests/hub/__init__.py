"""A Hugging Face Hub on this machine, in memory, for tests with the real client.

    with Hub() as hub:
        run_client(hub, "import huggingface_hub; ...", home=tmp_path, xet=True)
        assert hub.repository("org/name").files() == {...}

It speaks what `huggingface_hub` 2.4 speaks: see the modules for what it answers. The one that writes HTTP is
`connection`; `messages`, `store` and `repository` know nothing of sockets.
"""

from .client import client_environment, run_client
from .log import Exchange, Log
from .repository import Repository
from .server import Hub
from .store import Account

__all__ = ["Account", "Exchange", "Hub", "Log", "Repository", "client_environment", "run_client"]
