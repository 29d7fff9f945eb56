"""Keys of a front matter are changed and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.front import NoFrontMatter, with_keys
from courses.catalogue.reader import documents
from courses.catalogue.reader.faults import Notes
from courses.catalogue.reader.translations import bare
from tests.courses.course_files import COURSE, LESSON

WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40).filter(
    lambda text: text.strip() and text.isprintable()
)


def _keys(source: str) -> dict[str, object]:
    document = documents.read("a.md", source.encode(), Notes("x").on("a.md"))
    assert document is not None
    assert document.keys is not None
    return {key: bare(node) for key, node in document.keys.items()}


def test_a_title_is_changed_in_its_place() -> None:
    assert with_keys(LESSON, {"title": "The gate"}) == LESSON.replace("title: The canal", "title: The gate")


def test_a_list_and_a_section_are_replaced_whole() -> None:
    changed = with_keys(COURSE, {"topics": ["water"], "completion": {"lessons": 50, "tasks": "none"}})
    assert _keys(changed) == {
        **_keys(COURSE),
        "topics": ["water"],
        "completion": {"lessons": "50", "tasks": "none"},
    }


def test_a_new_key_goes_behind_the_last_one_and_none_takes_one_away() -> None:
    changed = with_keys(LESSON, {"reviewed": "Ana, 2026-11-01", "summary": None})
    assert list(_keys(changed)) == ["title", "preview", "reviewed"]
    assert changed.endswith(LESSON.split("---\n", 2)[2])


def test_windows_lines_stay_windows_lines() -> None:
    source = LESSON.replace("\n", "\r\n")
    assert with_keys(source, {"title": "The gate"}) == source.replace("title: The canal", "title: The gate")


def test_comments_beside_other_keys_stay() -> None:
    source = "---\n# for the autumn intake\ntitle: A  # short\nsummary: B\n---\nText\n"
    assert with_keys(source, {"summary": "C"}) == source.replace("summary: B", "summary: C")


def test_a_file_without_a_front_matter_is_refused() -> None:
    with pytest.raises(NoFrontMatter):
        with_keys("No fence here\n", {"title": "A"})


@given(WORDS)
def test_every_text_is_read_back_as_it_was_given(text: str) -> None:
    assert str(_keys(with_keys(LESSON, {"title": text}))["title"]) == text
