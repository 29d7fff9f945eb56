"""The names by which the world finds what is signed: all from the public address of the site, none from a request."""

from urllib.parse import quote, urlsplit


def did_of(public_url: str) -> str:
    """The decentralised identifier of the site: its host says which key is whose."""
    return f"did:web:{quote(urlsplit(public_url).netloc, safe='')}"


def credential_url(public_url: str, code: str, generation: int) -> str:
    """The id of a credential; each that takes the place of another has one of its own."""
    address = f"{public_url}/c/{code}"
    return address if generation == 1 else f"{address}?generation={generation}"


def achievement_url(public_url: str, achievement: str) -> str:
    """The id of what was achieved."""
    return f"{public_url}/achievements/{achievement}"


def list_url(public_url: str, number: int) -> str:
    """The id of a status list."""
    return f"{public_url}/status/revocation/{number}"
