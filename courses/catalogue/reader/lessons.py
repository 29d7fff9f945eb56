"""Lessons and modules out of their documents."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from courses.catalogue.content import HeadedText, Kind, Lesson, LessonText, Module
from courses.catalogue.passages.completing import Span
from courses.catalogue.questions import Criterion, Question
from courses.catalogue.reader import openings, quizzes, rubrics, scenes, tasks, translations
from courses.catalogue.reader.bodies import BodyCheck, Reach
from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.keys import Keys
from courses.catalogue.reader.layout import Entry, Folder
from courses.catalogue.reader.openings import Places
from courses.catalogue.reader.reviews import keys_of
from courses.catalogue.reader.wholes import Whole, wholes

COMMON = ("kind", "title", "summary", "preview", "opens")
OF_MODULE = ("title", "summary", "opens")
SETTINGS = {Kind.QUIZ: tasks.QUIZ_KEYS, Kind.TASK: tasks.TASK_KEYS}
DONE_HERE = frozenset({Kind.QUIZ, Kind.TASK, Kind.SCENARIO})
LONGEST_TITLE = 160

NO_TEXT = sentence("this lesson has no text")
QUIZ_PREVIEW = sentence("a preview lesson is one to read, not a %(kind)s")
OPEN_PREVIEW = sentence('a preview lesson is open to everyone from the first day; it has no use for the key "opens"')
SAME_TITLE = sentence('the title "%(title)s" is also that of %(other)s')


@dataclass(frozen=True, slots=True)
class Shelf:
    """What all lessons are read with: the documents by path, the course's language, what may be linked and named."""

    documents: Mapping[str, Document]
    language: str
    reach: Reach
    places: Places

    def of(self, files: Mapping[str, str]) -> dict[str, Document]:
        """The readable documents of one thing by language, the original first."""
        codes = sorted(files, key=lambda code: (code != "", code))
        return {code or self.language: self.documents[files[code]] for code in codes if files[code] in self.documents}


def read_module(folder: Folder, position: int, shelf: Shelf) -> Module:
    """A module and its lessons."""
    documents = shelf.of(folder.files)
    found = wholes(documents, shelf.language)
    texts = {language: headed_text(whole, language, shelf, OF_MODULE) for language, whole in found.items()}
    compare_all({language: whole.document for language, whole in found.items()}, shelf)
    entries = sorted(folder.lessons.values(), key=lambda entry: entry.name)
    lessons = [read_lesson(entry, folder.slug, place, shelf) for place, entry in enumerate(entries, start=1)]
    main = documents.get(shelf.language)
    opens = openings.read(keys_of(main, OF_MODULE, original=True), shelf.places, "") if main else None
    return Module(folder.slug, position, shelf.language, texts, tuple(filter(None, lessons)), opens)


def headed_text(whole: Whole, language: str, shelf: Shelf, known: Collection[str]) -> HeadedText:
    """A title, a summary and a text, in a file that may have these keys."""
    document, original = whole.document, language == shelf.language
    keys = keys_of(document, known, original=original)
    title, summary = _heading(keys, document)
    BodyCheck(document, shelf.reach).check()
    said = (title, summary, document.body, document.line)
    return HeadedText(document.path, language, *said, whole.review, whole.spans)


def _heading(keys: Keys, document: Document) -> tuple[str, str]:
    if document.keys is None:
        return "", ""
    return keys.text("title", most=LONGEST_TITLE), keys.text("summary", required=False)


def compare_all(documents: Mapping[str, Document], shelf: Shelf) -> None:
    """Note where translations have other headings or settings than their original."""
    original = documents.get(shelf.language)
    for document in documents.values():
        if original is not None and document is not original:
            translations.compare_headings(document, original)
            translations.compare_settings(document.keys or {}, original.keys or {}, ("opens",), document.note)


def read_lesson(entry: Entry, module: str, position: int, shelf: Shelf) -> Lesson | None:
    """A lesson in all its languages; None if its original cannot be read at all."""
    documents = shelf.of(entry.files)
    original = documents.get(shelf.language)
    if original is None:
        return None
    kind = _kind(original)
    keys = _keys(original, kind)
    found = wholes(documents, shelf.language, quiz=kind is Kind.QUIZ)
    texts = {language: _lesson_text(whole, language, kind, shelf) for language, whole in found.items()}
    for language, whole in found.items():
        if whole.document is not original:
            _compare((whole.document, texts[language]), (original, texts[shelf.language]), kind)
    own = texts[shelf.language]
    return Lesson(
        key=f"{module}/{entry.slug}",
        module=module,
        slug=entry.slug,
        position=position,
        kind=kind,
        preview=_preview(keys, kind),
        language=shelf.language,
        texts=texts,
        quiz=tasks.quiz(keys, own.questions) if kind is Kind.QUIZ else None,
        task=tasks.task(keys) if kind is Kind.TASK and original.keys is not None else None,
        opens=openings.read(keys, shelf.places, module),
    )


def _kind(document: Document) -> Kind:
    node = (document.keys or {}).get("kind")
    known = isinstance(node.value, str) and node.value in set(Kind) if node else False
    return Kind(str(node.value)) if node and known else Kind.READING


def _keys(document: Document, kind: Kind) -> Keys:
    keys = keys_of(document, (*COMMON, *SETTINGS.get(kind, ())), original=True)
    keys.choice("kind", Kind, Kind.READING)
    return keys


def _preview(keys: Keys, kind: Kind) -> bool:
    preview = keys.flag("preview", default=False)
    if preview and kind in DONE_HERE:
        keys.note.say(keys.line_of("preview"), QUIZ_PREVIEW, kind=kind.value)
    if preview and keys.has("opens"):
        keys.note.say(keys.line_of("opens"), OPEN_PREVIEW)
    return preview


def _lesson_text(whole: Whole, language: str, kind: Kind, shelf: Shelf) -> LessonText:
    document, original = whole.document, language == shelf.language
    keys = keys_of(document, (*COMMON, *SETTINGS.get(kind, ())), original=original)
    title, summary = _heading(keys, document)
    body = document.body
    questions: tuple[Question, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    BodyCheck(document, shelf.reach).check(headings=kind is not Kind.QUIZ)
    if kind is Kind.QUIZ:
        body, questions = quizzes.read(document)
    elif kind is not Kind.SESSION and not body.strip():
        document.note.say(document.line, NO_TEXT)
    if kind is Kind.TASK and document.keys is not None:
        rubric = rubrics.rubric(keys)
    story = scenes.read(document) if kind is Kind.SCENARIO else ()
    spans = _before_questions(whole, len(body)) if kind is Kind.QUIZ else whole.spans
    said = (title, summary, body, document.line, questions, rubric, story)
    return LessonText(document.path, language, *said, whole.review, spans, whole.parts)


def _before_questions(whole: Whole, length: int) -> tuple[Span, ...]:
    """Those places that are in a quiz's introduction, of so many letters: what belongs to questions has names."""
    lead = len(whole.document.body) - len(whole.document.body.lstrip("\n"))
    return tuple((start - lead, end - lead) for start, end in whole.spans if end - lead <= length)


def _compare(written: tuple[Document, LessonText], original: tuple[Document, LessonText], kind: Kind) -> None:
    (here, ours), (there, theirs) = written, original
    settings = tuple(key for key in ("kind", "preview", "opens", *SETTINGS.get(kind, ())) if key != "rubric")
    translations.compare_settings(here.keys or {}, there.keys or {}, settings, here.note)
    if kind is Kind.QUIZ:
        translations.compare_questions(ours.questions, theirs.questions, here)
    else:
        translations.compare_headings(here, there)
    if kind is Kind.SCENARIO:
        scenes.compare(ours.scenes, theirs.scenes, here)
    if kind is Kind.TASK and here.keys is not None and "rubric" in here.keys:
        translations.compare_rubrics(ours.rubric, theirs.rubric, here.keys["rubric"].line, here.note)


def check_titles(titles: list[tuple[str, Document]]) -> None:
    """Note titles that are used twice among neighbours: the modules of a course, the lessons of a module."""
    known: dict[str, str] = {}
    for title, document in titles:
        if title and title in known:
            line = document.keys["title"].line if document.keys and "title" in document.keys else 1
            document.note.say(line, SAME_TITLE, title=title, other=known[title])
        known.setdefault(title, document.path)
