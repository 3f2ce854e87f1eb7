"""The commands: options in, one call, text out. What a command needs is imported when it runs."""

from build_dataset.cli import build, examine, extract, publish
from build_dataset.cli.app import app
from build_dataset.memory import use_system_allocator
from build_dataset.show.terminal import prepare_streams
from build_dataset.threads import use_one_thread

__all__ = ["app", "build", "examine", "extract", "main", "publish"]


def main() -> None:
    """Run the command line."""
    use_one_thread()
    use_system_allocator()
    prepare_streams()
    app(prog_name="build-dataset")
