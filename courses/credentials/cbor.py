"""As much of CBOR (RFC 8949) as a statement needs: small numbers, bytes, text, lists."""

_NUMBER, _BYTES, _TEXT, _LIST, _MAP = 0, 2, 3, 4, 5
_KIND_AT = 5
_BYTE, _DOUBLE = 24, 25
"""Up to 23 a number stands in the first byte; these say that it stands in one byte or two after it."""


def _head(kind: int, number: int) -> bytes:
    first = kind << _KIND_AT
    if number < _BYTE:
        return bytes([first | number])
    if number <= 0xFF:  # noqa: PLR2004  what fits in a byte
        return bytes([first | _BYTE, number])
    return bytes([first | _DOUBLE]) + number.to_bytes(2, "big")


def number(value: int) -> bytes:
    """A whole number from 0 to 65535."""
    return _head(_NUMBER, value)


def octets(value: bytes) -> bytes:
    """A string of bytes."""
    return _head(_BYTES, len(value)) + value


def text(value: str) -> bytes:
    """A text."""
    return _head(_TEXT, len(value.encode())) + value.encode()


def listed(*values: bytes) -> bytes:
    """A list of values that are written already."""
    return _head(_LIST, len(values)) + b"".join(values)


def entry(key: int, value: bytes) -> bytes:
    """A map with one entry."""
    return _head(_MAP, 1) + number(key) + value
