"""The link that an alumna hands on: it names her cohort and nobody in it, and cannot be made up."""

import hmac

from academy.people.keys import key_for

SHORT = 12


def token_of(cohort_key: str) -> str:
    """The part of the address that stands for a cohort."""
    return f"{cohort_key}-{_proof(cohort_key)}"


def cohort_in(token: str) -> str:
    """The key of the cohort; '' for what this site did not make."""
    key, _dash, proof = token.rpartition("-")
    return key if key and hmac.compare_digest(proof.encode(), _proof(key).encode()) else ""


def _proof(key: str) -> str:
    return hmac.digest(key_for("cohort-links"), key.encode(), "sha256").hex()[:SHORT]
