"""Benchmarks: each a module to run, `python -m tests.bench.NAME`. Rates are those of one thread."""

from build_dataset.threads import use_one_thread

use_one_thread()  # before anything imports NumPy
