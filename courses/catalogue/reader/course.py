"""A set of files to a course, or to the list of all that is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from courses.catalogue.content import (
    LANGUAGES,
    Admission,
    Course,
    CourseText,
    Level,
    Media,
    Module,
    Status,
)
from courses.catalogue.reader import documents, earning, glossary, guides, media, openings, translations
from courses.catalogue.reader.bodies import BodyCheck, Reach
from courses.catalogue.reader.certificates import CERTIFICATE, terms
from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import CourseFaults, Fault, Notes, sentence, set_of
from courses.catalogue.reader.glossary import Glossary
from courses.catalogue.reader.keys import Keys, is_slug
from courses.catalogue.reader.layout import lay_out
from courses.catalogue.reader.lessons import LONGEST_TITLE, Shelf, check_titles, read_module
from courses.catalogue.reader.reviews import keys_of
from courses.catalogue.reader.wholes import Whole, wholes

SETTINGS = ("language", "level", "hours", "topics", "enrolment", "completion", "retired", "moved", "status")
KEYS = ("title", "summary", "outcomes", "certificate", *SETTINGS)
MOST_HOURS = 1000

BAD_SLUG = sentence('"%(slug)s" cannot be the slug of a course; use small Latin letters, digits and hyphens')
NO_COURSE_FILE = sentence("the file is missing: a course is described in course.md")
BAD_LANGUAGE = sentence('key "language" is "%(value)s"; it may be %(choices)s')
OWN_LANGUAGE = sentence("this is the course's own language; its text belongs into the file without a language code")
RETIRED = sentence(
    '"%(slug)s" is retired but in use again; a slug that once was taken is never given to something else'
)
MOVED_BACK = sentence('"%(old)s" is said to have moved, but there is a lesson there')
MOVED_AWAY = sentence('"%(old)s" is said to be "%(new)s" now, but there is no such lesson')
TWO_PREVIEWS = sentence("%(other)s is the preview lesson already; a course has one at most")


def read_course(slug: str, files: Mapping[str, bytes]) -> Course:
    """Read a course from its files by path inside its folder; raise CourseFaults with everything that is wrong."""
    found = inspect_course(slug, files)
    if found.faults:
        raise CourseFaults(found.faults)
    return found.course


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a set of files says as far as it can be read, and all that is wrong with it."""

    course: Course
    faults: tuple[Fault, ...]


def inspect_course(slug: str, files: Mapping[str, bytes]) -> Inspection:
    """Read files that may not be a course yet: a draft is worked on while faults remain."""
    notes = Notes(slug)
    if not is_slug(slug):
        notes.on("course.md").say(1, BAD_SLUG, slug=slug)
    course = _Reading(slug, files, notes).course()
    return Inspection(course, tuple(sorted(set_of(notes.faults), key=lambda fault: (fault.path, fault.line))))


class _Reading:
    """One run over the files of one course."""

    def __init__(self, slug: str, files: Mapping[str, bytes], notes: Notes) -> None:
        self.slug = slug
        self.files = files
        self.notes = notes
        self.layout = lay_out(files, notes)
        self.documents = self._documents()
        self.main = self.documents.get("course.md")
        self.keys = keys_of(self.main, KEYS, original=True) if self.main else Keys({}, KEYS, notes.on("course.md"))
        self.language = self._language()
        self.reach = Reach(self.layout.targets(), set(self.layout.media), set())
        self.shelf = Shelf(self.documents, self.language, self.reach, openings.places_in(self.layout, self.documents))

    def _documents(self) -> dict[str, Document]:
        found = {}
        for path in self.layout.markdown():
            document = documents.read(path, self.files[path], self.notes.on(path))
            if document is not None:
                found[path] = document
        return found

    def _language(self) -> str:
        value = self.keys.text("language", required=self._readable)
        if value in LANGUAGES:
            return value
        if value:
            line = self.keys.line_of("language")
            self.keys.note.say(line, BAD_LANGUAGE, value=value, choices=", ".join(LANGUAGES))
        return LANGUAGES[0]

    @property
    def _readable(self) -> bool:
        return self.main is not None and self.main.keys is not None

    def course(self) -> Course:
        """Everything, with faults noted; only worth something if there are none."""
        self._check_files()
        modules, glossaries = self._modules(), self._glossaries()
        keys = self.keys
        course = Course(
            slug=self.slug,
            language=self.language,
            level=keys.choice("level", Level, Level.INTRODUCTORY, required=self._readable),
            hours=keys.number("hours", 1, MOST_HOURS, required=self._readable),
            topics=tuple(topic for topic, _ in keys.slugs("topics")),
            enrolment=keys.choice("enrolment", Admission, Admission.OPEN),
            status=keys.choice("status", Status, Status.PUBLISHED),
            rules=earning.rules(self.keys),
            certificate=terms(self.keys),
            retired=self._retired(modules),
            moved=self._moved(modules),
            texts=self._texts(),
            modules=modules,
            glossary={code: found.terms for code, found in glossaries.items()},
            origins={code: found.origins for code, found in glossaries.items()},
            media=self._media(),
            guide=guides.read(self.layout.guide, self.shelf),
        )
        self._check_use_of_media()
        return course

    def _check_files(self) -> None:
        if "" not in self.layout.course:
            self.notes.on("course.md").say(1, NO_COURSE_FILE)
        self._check_own_language()

    def _check_use_of_media(self) -> None:
        if set(self.documents) == set(self.layout.markdown()):
            media.check_use(self.layout.media, self.reach.used, self.notes)

    def _check_own_language(self) -> None:
        layout = self.layout
        entries = [
            *layout.modules.values(),
            *(one for folder in layout.modules.values() for one in folder.lessons.values()),
        ]
        for files in (layout.course, layout.guide, layout.glossary, *(entry.files for entry in entries)):
            if self.language in files and "" in files:
                self.notes.on(files[self.language]).say(1, OWN_LANGUAGE)

    def _texts(self) -> dict[str, CourseText]:
        texts = {}
        for language, whole in wholes(self.shelf.of(self.layout.course), self.language).items():
            document = whole.document
            texts[language] = self._text(whole, language)
            if self.main is not None and document is not self.main:
                translations.compare_settings(document.keys or {}, self.main.keys or {}, SETTINGS, document.note)
                translations.compare_headings(document, self.main)
        return texts

    def _text(self, whole: Whole, language: str) -> CourseText:
        document = whole.document
        keys = self.keys if document is self.main else keys_of(document, KEYS, original=False)
        BodyCheck(document, self.reach).check()
        readable = document.keys is not None
        title = keys.text("title", required=readable, most=LONGEST_TITLE)
        summary = keys.text("summary", required=readable)
        outcomes = keys.texts("outcomes", required=readable)
        certificate = keys.section("certificate", CERTIFICATE)
        name = certificate.text("title", most=LONGEST_TITLE) if certificate else ""
        said = (document.path, language, title, summary, outcomes, name, document.body, document.line)
        return CourseText(*said, whole.review, whole.spans)

    def _modules(self) -> tuple[Module, ...]:
        folders = sorted(self.layout.modules.values(), key=lambda folder: folder.name)
        modules = tuple(read_module(folder, place, self.shelf) for place, folder in enumerate(folders, start=1))
        for language in LANGUAGES:
            self._check_titles(modules, language)
        self._check_previews(modules)
        openings.check(modules, self.documents)
        return modules

    def _check_titles(self, modules: Collection[Module], language: str) -> None:
        texts = [module.texts[language] for module in modules if language in module.texts]
        check_titles([(text.title, self.documents[text.path]) for text in texts])
        for module in modules:
            lessons = [lesson.texts[language] for lesson in module.lessons if language in lesson.texts]
            check_titles([(text.title, self.documents[text.path]) for text in lessons])

    def _check_previews(self, modules: Collection[Module]) -> None:
        previews = [lesson.text().path for module in modules for lesson in module.lessons if lesson.preview]
        for path in previews[1:]:
            document = self.documents[path]
            line = document.keys["preview"].line if document.keys else 1
            document.note.say(line, TWO_PREVIEWS, other=previews[0])

    def _retired(self, modules: Collection[Module]) -> tuple[str, ...]:
        used = {lesson.key for module in modules for lesson in module.lessons}
        used |= {module.slug for module in modules} | {key.partition("/")[2] for key in used}
        found = self.keys.slugs("retired")
        for slug, line in found:
            if slug in used:
                self.keys.note.say(line, RETIRED, slug=slug)
        return tuple(slug for slug, _ in found)

    def _moved(self, modules: Collection[Module]) -> dict[str, str]:
        used = {lesson.key for module in modules for lesson in module.lessons}
        found = self.keys.pairs("moved")
        for old, (new, line) in found.items():
            if old in used:
                self.keys.note.say(line, MOVED_BACK, old=old)
            elif new not in used:
                self.keys.note.say(line, MOVED_AWAY, old=old, new=new)
        return {old: new for old, (new, _) in found.items()}

    def _glossaries(self) -> dict[str, Glossary]:
        files = {code or self.language: path for code, path in self.layout.glossary.items()}
        found = {code: glossary.read(self.files[path], self.notes.on(path)) for code, path in files.items()}
        original = found.get(self.language, Glossary())
        for code, path in files.items():
            glossary.check_origins(found[code], original.terms, self.notes.on(path))
        return found

    def _media(self) -> dict[str, Media]:
        read = (media.read(path, self.files[path], self.notes.on(path)) for path in self.layout.media)
        return {file.path: file for file in read if file is not None}
