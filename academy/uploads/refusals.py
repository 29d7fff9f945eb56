"""Why a file is not taken, in sentences that say what to do."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l

MEBIBYTE = 1024 * 1024
LARGEST = 10 * MEBIBYTE
LARGEST_IN_WORDS = 10
MOST_OF_ONE = 200 * MEBIBYTE
LONGEST_NAME = 120


class FileRefused(DomainError):
    """The file cannot be taken; the sentence says why."""

    status = 422
    sentence = _l("This file cannot be taken.")


class StorageFailed(DomainError):
    """The store is full or away: nothing was kept."""

    status = 503
    sentence = _l("Files cannot be kept or fetched at the moment. Nothing was stored. Please try again a little later.")


def too_large() -> FileRefused:
    """It has too many bytes."""
    return FileRefused(
        _l("This file is larger than %(most)d MB. Please make it smaller or hand in a part.", most=LARGEST_IN_WORDS)
    )


def too_many() -> FileRefused:
    """Its owner has too much here already."""
    return FileRefused(_l("You have reached the space there is for your files. Please remove some you no longer need."))


def empty() -> FileRefused:
    """There is nothing in it."""
    return FileRefused(_l("This file is empty. Please choose another one."))


def bad_name() -> FileRefused:
    """Its name has characters that cannot be shown."""
    return FileRefused(_l("The name of this file has characters that cannot be shown. Please rename it and try again."))


def long_name() -> FileRefused:
    """Its name is too long."""
    return FileRefused(
        _l("The name of this file is longer than %(most)d characters. Please rename it.", most=LONGEST_NAME)
    )


def not_taken(kinds: str) -> FileRefused:
    """It is of a kind that is not taken here."""
    return FileRefused(
        _l("By its content this is not a file of a kind that is taken here. Taken are: %(kinds)s.", kinds=kinds)
    )


def damaged() -> FileRefused:
    """It cannot be read to its end."""
    return FileRefused(_l("This file is damaged: it cannot be read to its end. Please save it anew and try again."))


def twofold() -> FileRefused:
    """It is two kinds of files in one."""
    return FileRefused(_l("This file is two kinds of files in one. Please save it anew as a plain document."))


def swollen() -> FileRefused:
    """It would unpack to far more than it seems."""
    return FileRefused(_l("This file would unpack to far more than a document needs. Please save it anew."))


def with_macros() -> FileRefused:
    """It carries programs."""
    return FileRefused(_l("This document contains macros (small programs). Please save it without them."))


def locked() -> FileRefused:
    """It is protected by a password."""
    return FileRefused(_l("This document is protected by a password. Please save it without one."))
