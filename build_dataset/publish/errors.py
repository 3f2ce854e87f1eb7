"""What the client of the hub raises, in sentences that say what to do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from build_dataset.errors import DatasetError

NO_TOKEN = "no token for the Hugging Face Hub: run `hf auth login`, or set HF_TOKEN to one that may write"


class MovedError(DatasetError):
    """Somebody else committed since the repository was compared with the folder."""


class MissingError(DatasetError):
    """There is no such repository, revision or file, or it is not for the owner of this token."""


class UnansweredError(DatasetError):
    """The hub did not answer, or with an error of its own: another attempt may help."""


@contextmanager
def sentences(name: str) -> Iterator[None]:
    """Turn what the client raises into a `DatasetError` that says what to do."""
    try:
        yield
    except DatasetError:
        raise
    except Exception as error:
        said = _sentence(name, error)
        if said is None:
            raise
        raise said from error


def _sentence(name: str, error: BaseException) -> DatasetError | None:
    """What to say of an error of the client; None for one that it does not document."""
    from huggingface_hub.errors import (
        HfHubHTTPError,
        HFValidationError,
        LocalTokenNotFoundError,
        OfflineModeIsEnabled,
    )
    from huggingface_hub.utils import httpx  # type: ignore[attr-defined]  # whichever version it uses

    match error:
        case HFValidationError():
            return DatasetError(f"{name}: not the name of a repository; write ORG/NAME")
        case LocalTokenNotFoundError():
            return DatasetError(NO_TOKEN)
        case OfflineModeIsEnabled():
            return DatasetError(f"{name}: HF_HUB_OFFLINE keeps the hub out of reach; unset it")
        case HfHubHTTPError():
            return _answered(name, error.response.status_code, error)
        case httpx.TransportError() | ConnectionError() | TimeoutError():
            return UnansweredError(
                f"{name}: {endpoint()} cannot be reached ({type(error).__name__}); check the network and try "
                "again: nothing was changed"
            )
        case RuntimeError() if error.__cause__:  # an upload that failed, and why
            return _sentence(name, error.__cause__)
    return None


def endpoint() -> str:
    """Which hub is asked."""
    return os.environ.get("HF_ENDPOINT", "https://huggingface.co")


def _answered(name: str, status: int, error: Exception) -> DatasetError:
    said = getattr(error, "server_message", None) or f"status {status}"
    match status:
        case 401:
            return _refused(name)
        case 403:
            return DatasetError(f"{name}: this token may not do that ({said}); use one that may write there")
        case 404:
            return MissingError(
                f"{name}: no such repository, revision or file on {endpoint()}, or none that this token may see"
            )
        case 409 | 412:
            return MovedError(
                f"{name}: somebody else changed it meanwhile; nothing was overwritten. Look at what is new "
                "there, then publish again"
            )
        case 413:
            return DatasetError(f"{name}: a file is too large for the hub ({said}); nothing was changed")
        case 429:
            return DatasetError(f"{name}: too many requests to the hub for now ({said}); try again later")
        case _ if status >= 500:
            return UnansweredError(
                f"{name}: the hub failed ({said}); try again later: it does all or nothing"
            )
        case _:
            return DatasetError(f"{name}: the hub refused ({said})")


def _refused(name: str) -> DatasetError:
    from huggingface_hub import get_token

    if get_token() is None:
        return MissingError(f"{name}: no such repository on {endpoint()}, or a private one. {NO_TOKEN}")
    return DatasetError(
        f"{name}: the hub does not accept the token for this; run `hf auth login` for one that may write there"
    )
