"""A text that takes too long costs itself alone."""

import signal
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from build_dataset import batch
from build_dataset.document import Document, Extraction
from build_dataset.errors import SourceError
from build_dataset.options import Engine
from build_dataset.pipeline import extract_article
from build_dataset.read import SkippedSource
from build_dataset.time_limit import time_limit


def work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        sum(range(1000))


def test_work_is_ended_when_it_takes_too_long() -> None:
    with pytest.raises(SourceError, match=r"took more than 0\.05 seconds"), time_limit(0.05):
        work(60)


def test_what_is_done_in_time_is_left_alone_and_no_timer_runs_on() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with time_limit(0.05):
        pass
    work(0.2)

    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) is before


def test_sleep_is_no_work() -> None:
    with time_limit(0.05):
        time.sleep(0.2)


def test_one_that_catches_the_error_is_ended_a_second_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build_dataset.time_limit.AGAIN", 0.05)
    with pytest.raises(SourceError), time_limit(0.05):
        with suppress(SourceError):
            work(60)
        work(60)


def test_another_thread_has_no_limit() -> None:
    ended: list[bool] = []

    def limited() -> None:
        with time_limit(0.01):
            work(0.1)
        ended.append(True)

    thread = threading.Thread(target=limited)
    thread.start()
    thread.join()

    assert ended


def test_an_article_that_takes_too_long_is_skipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def slow(document: Document, engine: Engine) -> Extraction:
        if document.source == "slow":
            work(60)
        return extract_article(document, engine)

    extract_article(Document("first", "Rain fell."))  # what is read when first needed counts as well
    monkeypatch.setattr(batch, "extract_article", slow)
    documents = [Document("slow", "Rain fell on Monday."), Document("quick", "Rain fell on Tuesday.")]
    found = batch.process_batch(documents, partial(batch.extract_records, seconds=0.5))

    assert found.skipped == (SkippedSource("slow", "took more than 0.5 seconds"),)
    assert found.tables["articles"]["source"].to_pylist() == ["quick"]
