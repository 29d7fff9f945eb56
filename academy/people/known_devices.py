"""Devices on which an account was signed in before: they count their own tries.

So a stranger who guesses at somebody's password uses up the stranger's tries, and its owner still comes in from the
phone they always use. The cookie names nobody: a random number and a keyed hash of it with the address.
"""

import hashlib
import hmac
import secrets

from flask import Response, current_app, request

from academy.people.keys import key_for

COOKIE = "known"
YEAR = 365 * 24 * 60 * 60


def mark(response: Response, email_key: str) -> None:
    """Let the device at hand be known for this account."""
    number = secrets.token_urlsafe(16)
    response.set_cookie(
        COOKIE,
        f"{number}.{_seal(number, email_key)}",
        max_age=YEAR,
        path="/account/sign-in",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def number_for(email_key: str) -> str:
    """The number of the device at hand if it is known for this account, else ''."""
    number, _dot, seal = request.cookies.get(COOKIE, "").partition(".")
    genuine = seal.isascii() and hmac.compare_digest(seal, _seal(number, email_key))
    return number if genuine else ""


def _seal(number: str, email_key: str) -> str:
    words = f"{number}:{email_key}".encode()
    return hmac.new(key_for("known-device"), words, hashlib.sha256).hexdigest()
