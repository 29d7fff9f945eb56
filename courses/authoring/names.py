"""What the files of a draft are called by people: titles in the place of paths."""

from collections.abc import Mapping

from academy.i18n import OWN_NAMES
from academy.i18n import gettext as _
from courses.authoring.drafted import GLOSSARY
from courses.catalogue.content import LANGUAGES
from courses.catalogue.reader import documents
from courses.catalogue.reader.faults import Notes


def name_of(path: str, files: Mapping[str, bytes]) -> str:
    """The title of a file, with its language when it is a translation; its path when it has no title."""
    stem, _dot, code = path.removesuffix(".md").rpartition(".")
    name = _title(path, files.get(path, b"")) or path
    return _("%(title)s (%(language)s)", title=name, language=OWN_NAMES[code]) if stem and code in LANGUAGES else name


def _title(path: str, content: bytes) -> str:
    if not path.endswith(".md"):
        return path.rpartition("/")[2]
    if path.partition(".")[0] == GLOSSARY:
        return _("Glossary")
    document = documents.read(path, content, Notes("draft").on(path))
    node = (document.keys or {}).get("title") if document else None
    return node.value if node is not None and isinstance(node.value, str) else ""
