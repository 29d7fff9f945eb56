"""The two typefaces of a certificate: Libertinus, which the engine carries, and Amiri for Arabic script."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from courses.certificates.names import printable
from courses.certificates.press import press


class NoFontForScript(DomainError):
    """A certificate in Arabic script was asked for where no font has its letters."""

    sentence = _l(
        "No font for Arabic script is installed; ask an administrator to install the package fonts-hosny-amiri."
    )


@dataclass(frozen=True, slots=True)
class Faces:
    """A folder of fonts beside those that the engine carries, and whether Arabic script is among them."""

    folder: Path | None
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
    """The fonts of one folder, or only those that the engine carries."""
    return Faces(folder, arabic=json.loads(press("arabic", folder=folder)))


def missing_letters(name: str, faces: Faces | None = None) -> str:
    """The letters of a name that no font has, each once; empty when the name can be printed as it is."""
    return missing_letters_of([name], faces)[0]


def missing_letters_of(names: Sequence[str], faces: Faces | None = None) -> list[str]:
    """The same for many names at once."""
    if not names:
        return []
    folder = (faces or installed_faces()).folder
    found: list[str] = json.loads(press("letters", folder=folder, names=[printable(name) for name in names]))
    return found


@cache
def _first_with_arabic(folders: tuple[Path, ...]) -> Faces:
    for folder in folders:
        if folder.is_dir() and (faces := faces_of(folder)).arabic:
            return faces
    return Faces(None, arabic=False)
