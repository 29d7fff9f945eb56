"""Catalogues of the interface's words: found in the source, kept beside it as .po files, one for each locale."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "academy" / "translations"
PACKAGES = frozenset({"academy", "courses", "alumni", "templates"})
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "sentence": None,
}
# Babel's rule for Dari has one form; a count of one needs its own where a sentence speaks of the thing alone.
PLURALS = {"fa_AF": "nplurals=2; plural=(n > 1);"}


def path_of(locale: str) -> Path:
    """Where the catalogue of this locale is kept."""
    return FOLDER / locale / "LC_MESSAGES" / "messages.po"


def locales() -> list[str]:
    """Every locale that has a catalogue."""
    return sorted(path.parents[1].name for path in FOLDER.glob("*/LC_MESSAGES/messages.po"))


def words_of_the_source() -> Catalog:
    """Every message of the code and the templates, in the order of their files."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = Catalog(project="academy-platform", fuzzy=False)
    for name, _line, message, _comments, _context in extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, directory_filter=_is_ours
    ):
        found.add(message, "", locations=[(name.removeprefix("./"), 1)])
    return found


def _is_ours(folder: str | Path) -> bool:
    parts = Path(folder).relative_to(ROOT).parts
    return parts[0] in PACKAGES and parts[-1] not in {"__pycache__", "content", "translations"}


def read(locale: str) -> Catalog:
    """The catalogue of a locale as it is kept."""
    with path_of(locale).open("rb") as file:
        return read_po(file, locale=locale)


def renewed(locale: str, template: Catalog) -> Catalog:
    """The kept catalogue with exactly the messages of the source; new ones are empty, lost ones are gone."""
    catalogue = read(locale) if path_of(locale).exists() else _new(locale)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def _new(locale: str) -> Catalog:
    catalogue = Catalog(locale=locale, fuzzy=False)
    if locale in PLURALS:
        catalogue.mime_headers = [("Plural-Forms", PLURALS[locale])]
    return catalogue


def write(locale: str, catalogue: Catalog) -> None:
    """Keep a catalogue: one line a message, without line numbers, so that a change of words is all a diff shows."""
    path = path_of(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".po.part")
    with draft.open("wb") as file:
        write_po(file, catalogue, width=0, include_lineno=False, ignore_obsolete=True, omit_header=True)
    words = draft.read_bytes()
    path.write_bytes(_header(locale, catalogue).encode() + words)
    draft.unlink()


def _header(locale: str, catalogue: Catalog) -> str:
    # Babel would write moments and addresses that change with every run.
    lines = (f"Language: {locale}", f"Plural-Forms: {catalogue.plural_forms}", "MIME-Version: 1.0")
    typed = (*lines, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    return "\n".join(('msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in typed))) + "\n\n"
