"""Files of posts that are brought in: each looked at and written anew, as if its author had attached it here."""

from collections.abc import Mapping

from academy.later import later
from academy.uploads import service as uploads
from academy.uploads.service import Parcel
from alumni.forum.exchange.entries import Said
from alumni.forum.exchange.folder import Folder
from alumni.forum.exchange.wording import Lookups
from alumni.forum.topics.attachments import MOST_FILES
from alumni.messages.files import MOST, TYPES

made_bare = later("academy.pictures.service:made_bare")
NAMED = "attachment:"
LONGEST_NAME = 120
Enclosed = tuple[Parcel, str]


def wanted(said: Said, lookups: Lookups) -> dict[str, str]:
    """The files of a post, by the word that names them in the folder: those its text shows, and those it merely has."""
    found = {_word(said, word): name for word, name in lookups.files.items()}
    for each in said.files:
        if lookups.has_file(each["word"]):
            found.setdefault(each["word"], each["name"])
        elif each["name"] not in lookups.missing:
            lookups.missing.append(each["name"] or each["word"])
    return dict(list(found.items())[:MOST_FILES])


def held(folder: Folder, said: Said, word: str) -> bool:
    """Whether a file that a text names is in the folder."""
    return folder.holds(_word(said, word))


def _word(said: Said, word: str) -> str:
    """The texts of phpBB name a file as its owner did: the table of files says what it is called in the folder."""
    if not word.startswith(NAMED):
        return word
    name = word.removeprefix(NAMED).partition(":")[2]
    return next((each["word"] for each in said.files if each["name"] == name), "")


def kept(folder: Folder, files: Mapping[str, str], member_id: int) -> tuple[list[Enclosed], list[str]]:
    """These files, their bytes kept already, and the names of those that cannot be taken."""
    taken: list[Enclosed] = []
    refused: list[str] = []
    for word, name in files.items():
        parcel = _parcel(folder.bytes_of(word))
        if parcel is None:
            refused.append(name or word)
        else:
            uploads.store_bytes(parcel, member_id)
            taken.append((parcel, (name or "file")[:LONGEST_NAME]))
    return taken, refused


def _parcel(content: bytes | None) -> Parcel | None:
    written: dict[str, bytes] = made_bare(content, most=MOST) if content else {}
    for ending, media_type in TYPES.items():
        if written.get(ending):
            return Parcel(f"file.{ending}", media_type, written[ending])
    return None
