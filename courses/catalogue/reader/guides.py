"""guide.md: what whoever teaches or facilitates a course is told about it. Learners never see it."""

from collections.abc import Mapping

from courses.catalogue.content import HeadedText
from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.lessons import Shelf, compare_all, headed_text
from courses.catalogue.reader.wholes import wholes

KEYS = ("title", "summary")

NO_TEXT = sentence("the guide has no text; begin it with ##")
NO_SUMMARY = sentence('the guide needs a "summary": one sentence that says what it helps with')


def read(files: Mapping[str, str], shelf: Shelf) -> dict[str, HeadedText]:
    """The guide in each of its languages; nothing if the course has none."""
    documents = shelf.of(files)
    found = wholes(documents, shelf.language)
    texts = {language: headed_text(whole, language, shelf, KEYS) for language, whole in found.items()}
    compare_all({language: whole.document for language, whole in found.items()}, shelf)
    for language, text in texts.items():
        document = documents[language]
        if not text.body.strip():
            document.note.say(document.line, NO_TEXT)
        if not text.summary and document.keys is not None:
            document.note.say(1, NO_SUMMARY)
    return texts
