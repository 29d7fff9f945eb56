"""Orders to the signer, which works in a process of its own as long as one is at it."""

import base64
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from courses.credentials.documents import Document, iso

SCRIPT = Path(__file__).with_name("signing.py")
SECONDS = 120.0
GOODBYE = 5.0


class SignerFailed(Exception):
    """The signer could not do what it was asked; the message says why, and holds nothing secret."""


class Signer:
    """A signer at work."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def make_key(self, path: Path, passphrase: str) -> str:
        """Make a key in a file that is not there yet; returns its public half."""
        return str(self._ask("make", path=str(path), passphrase=passphrase)["public"])

    def take_key(self, path: Path, passphrase: str, method: str) -> str:
        """Sign with the key of this file from now on, under this name; returns its public half."""
        return str(self._ask("take", path=str(path), passphrase=passphrase, method=method)["public"])

    def credentials(self, documents: Sequence[Document], at: datetime) -> list[bytes | SignerFailed]:
        """Each of these, signed and tried; or why not."""
        answers = self._ask("credentials", documents=documents, at=iso(at))["signed"]
        return [each["text"].encode() if "text" in each else SignerFailed(each["refused"]) for each in answers]

    def status_list(self, wanted: Document) -> bytes:
        """A status list, signed and tried."""
        return str(self._ask("status_list", **wanted)["text"]).encode()

    def record(self, wanted: Document) -> bytes:
        """A record across courses, signed and tried."""
        return str(self._ask("record", **wanted)["text"]).encode()

    def messages(self, messages: Sequence[bytes]) -> list[bytes]:
        """The signatures over these bytes."""
        coded = [base64.b64encode(each).decode() for each in messages]
        return [base64.b64decode(each) for each in self._ask("messages", messages=coded)["signatures"]]

    def _ask(self, work: str, **values: object) -> dict[str, Any]:
        orders, answers = self._process.stdin, self._process.stdout
        if orders is None or answers is None:
            raise SignerFailed("It takes no orders.")
        try:
            orders.write(json.dumps({"work": work, **values}) + "\n")
            orders.flush()
        except BrokenPipeError as error:
            raise SignerFailed("It has ended.") from error
        ready, _, _ = select.select([answers], [], [], SECONDS)
        line = answers.readline() if ready else ""
        if not line:
            raise SignerFailed("It has ended or takes too long.")
        answer: dict[str, Any] = json.loads(line)
        if "failed" in answer:
            raise SignerFailed(answer["failed"])
        return answer


@contextmanager
def at_work() -> Iterator[Signer]:
    """A signer; it ends with the block, and by itself should this process die."""
    needed = {name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")}  # no secrets
    with subprocess.Popen(  # noqa: S603  our own script
        (sys.executable, "-I", SCRIPT), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=needed
    ) as process:
        try:
            yield Signer(process)
            if process.stdin is not None:
                process.stdin.close()
            process.wait(GOODBYE)
        finally:
            process.kill()
