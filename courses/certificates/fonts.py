"""The two typefaces of a certificate: Libertinus, which the engine carries, and Amiri for Arabic script."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from courses.certificates.names import printable

ARABIC_FAMILY = "Amiri"
_PROBE = Path(__file__).with_name("letters.typ")


class NoFontForScript(DomainError):
    """A certificate in Arabic script was asked for where no font has its letters."""

    sentence = _l(
        "No font for Arabic script is installed; ask an administrator to install the package fonts-hosny-amiri."
    )


@dataclass(frozen=True, slots=True)
class Faces:
    """Fonts that were loaded, and whether Arabic script is among them."""

    loaded: typst.Fonts
    arabic: bool


def installed_faces() -> Faces:
    """The fonts of this installation, looked for once."""
    instance = Path(os.environ.get("ACADEMY_INSTANCE") or "instance").resolve()
    return _first_with_arabic(tuple(font_folders(os.environ, instance)))


def font_folders(environ: Mapping[str, str], instance: Path) -> Iterator[Path]:
    """The folders where Amiri may be: the setting's, the instance's npm package, Debian's package."""
    if environ.get("ACADEMY_FONTS"):
        yield Path(environ["ACADEMY_FONTS"])
    yield instance / "node_modules" / "@expo-google-fonts" / "amiri"
    for kind in ("opentype", "truetype"):
        yield Path("/usr/share/fonts") / kind / "fonts-hosny-amiri"


def faces_of(folder: Path | None) -> Faces:
    """Load the fonts of one folder, or only those that the engine carries."""
    loaded = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)] if folder else []
    )
    return Faces(loaded, arabic=ARABIC_FAMILY in loaded.families())


def missing_letters(name: str, faces: Faces | None = None) -> str:
    """The letters of a name that no font has, each once; empty when the name can be printed as it is."""
    compiler = typst.Compiler(str(_PROBE), root=str(_PROBE.parent), font_paths=(faces or installed_faces()).loaded)
    words = printable(name)
    if _has_letters(compiler, words):
        return ""
    return "".join(letter for letter in dict.fromkeys(words) if not _has_letters(compiler, letter))


def _has_letters(compiler: typst.Compiler, words: str) -> bool:
    """Ask the engine itself: it refuses an accessible document with a letter that it cannot draw."""
    try:
        compiler.compile(format="pdf", pdf_standards=["ua-1"], sys_inputs={"words": words})
    except typst.TypstError:
        compiler.compile(format="pdf", sys_inputs={"words": words})  # any other fault shows itself here
        return False
    return True


@cache
def _first_with_arabic(folders: tuple[Path, ...]) -> Faces:
    for folder in folders:
        if folder.is_dir() and (faces := faces_of(folder)).arabic:
            return faces
    return faces_of(None)
