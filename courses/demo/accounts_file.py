"""Passwords for the five accounts, and the file where whoever runs the machine finds them."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from courses.demo.cast import ACCOUNTS, HOST

NAME = "demo-accounts.json"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4
OWNER_ONLY = 0o600


def new_passwords() -> dict[str, str]:
    """A password for each of the five that nobody guesses and everybody can type."""
    return {account.key: "-".join(_letters() for _ in range(GROUPS)) for account in ACCOUNTS}


def _letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP))


def write(folder: Path, passwords: Mapping[str, str]) -> None:
    """Write the file, whole or not at all, for its owner's eyes."""
    accounts = {key: {"email": f"{key}@{HOST}", "password": password} for key, password in passwords.items()}
    draft = folder / f"{NAME}.part"
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as file:
        json.dump(accounts, file, indent=2)
        file.write("\n")
    draft.replace(folder / NAME)
