"""Numbers of rows out of addresses: what no row can have is refused before the database is asked."""

LARGEST = 2**62
ROW = f"int(max={LARGEST})"


def row_number(text: str) -> int:
    """The number of a row as an address names it; ValueError for what no row can have."""
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError("no row has this number")
    return number
