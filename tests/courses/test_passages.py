"""Files cut into passages and put together again; a translation paired with its source."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.catalogue.passages import memory
from courses.catalogue.passages.checking import Loss, fits, losses
from courses.catalogue.passages.completing import composed
from courses.catalogue.passages.cutting import Passage, Shape, cut, digest_of, joined, passages_in
from courses.catalogue.passages.memory import Memory
from courses.catalogue.passages.pairing import State, by_key, in_order
from courses.catalogue.passages.quizzes import cut_quiz
from courses.catalogue.reader import documents, quizzes
from courses.catalogue.reader.faults import Notes
from courses.catalogue.rendering import items_of
from tests.courses.course_files import QUIZ

BODY = """## A gate {#gate}

Two villages share **one** canal.[^1]
The gate is shut.

- one
- two

    still two

> Quoted
> twice

| a | b |
|---|---|
| 1 | 2 |

!!! key "Idea"
    Think.

    Then ask.

Term
:   what it means

*[canal]: a river made by people

[ref]: https://example.org

---

[^1]: A source.
    Its second line.
[^2]: Another.
"""
LINES = st.sampled_from(
    [
        "", "", "Words.", "More words here.", "## Heading", "### H {#h}", "- item", "1. step", "    inside", "> quote",
        "| a | b |", "|---|---|", '!!! note "N"', "[^1]: note", "*[x]: y", ": meaning", "---", "[r]: u", "- [x] yes",
        "  > why", "= 12", "= word", "a :: b", "- a :: b", "## Why? {#why}", "\t", "#", "{: .lead}",
    ]
)  # fmt: skip
NASTY = st.text(st.sampled_from(list("аб #{}[]xX-*+>=:.1\n\t`|!^()")), max_size=14)
BODIES = st.lists(LINES, max_size=25).map("\n".join)


def test_every_kind_of_passage_is_found() -> None:
    found = [(each.shape, each.text.partition("\n")[0]) for each in passages_in(cut(BODY))]
    assert found == [
        (Shape.HEADING, "A gate"),
        (Shape.PARAGRAPH, "Two villages share **one** canal.[^1]"),
        (Shape.LIST, "- one"),
        (Shape.QUOTE, "> Quoted"),
        (Shape.TABLE, "| a | b |"),
        (Shape.NOTE, '!!! key "Idea"'),
        (Shape.PARAGRAPH, "Term"),
        (Shape.MEANING, "*[canal]: a river made by people"),
        (Shape.FOOTNOTE, "A source."),
        (Shape.FOOTNOTE, "Another."),
    ]


@given(BODIES)
def test_what_was_cut_is_put_together_again_byte_for_byte(body: str) -> None:
    assert joined(cut(body)) == body
    assert joined(cut_quiz(body)) == body


def test_ids_order_and_right_answers_of_a_quiz_are_in_no_passage() -> None:
    pieces = cut_quiz(QUIZ_BODY)
    assert [(each.key, each.text) for each in passages_in(pieces)] == [
        ("gate/prompt", "Who shut the gate?"),
        ("gate/item/0", "Nobody asked"),
        ("gate/feedback/0", "Somebody did."),
        ("gate/item/1", "Nobody, a bank fell"),
        ("gate/feedback/1", "Yes."),
        ("gate/explanation/0", "Reread: [the canal](01-canal.md)"),
        ("year/prompt", "In which year?"),
    ]
    kept = "".join(piece if isinstance(piece, str) else piece.written("") for piece in pieces)
    assert all(mark in kept for mark in ("{#gate}", "- [x]", "= 1990-1993"))


@given(st.lists(NASTY, max_size=8))
def test_translated_words_never_change_how_a_body_is_cut_unseen(words: list[str]) -> None:
    pieces = cut(BODY)
    source = passages_in(pieces)
    for place, text in enumerate(words[: len(source)]):
        if fits(pieces, place, text, quiz=False):
            changed = (text if each is source[place] else getattr(each, "text", "") for each in pieces)
            written = (
                each if isinstance(each, str) else each.written(text)
                for each, text in zip(pieces, changed, strict=True)
            )
            assert [each.shape for each in passages_in(cut("".join(written)))] == [each.shape for each in source]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Одна строка", True), ("Две\n\nчасти", False), ("## Заголовок", False), ("- список", False), ("", False)],
)
def test_words_must_stay_one_passage_of_the_same_kind(text: str, wanted: bool) -> None:
    assert fits(cut(BODY), 1, text, quiz=False) is wanted


QUIZ_BODY = QUIZ.split("---\n", 2)[2]


def key_of(text: str) -> list[tuple[object, ...]]:
    """What must never change: ids, kinds, how many items, which are right, which numbers are accepted."""
    document = documents.read("a.md", f"---\nkind: quiz\n---\n{text}".encode(), Notes("a").on("a.md"))
    assert document is not None
    return [
        (each.id, type(each), len(items_of(each)), getattr(each, "right", None), getattr(each, "accepted", None))
        for each in quizzes.read(document)[1]
    ]


@given(st.integers(0, 6), NASTY)
@example(1, "а\n- [x] б")
@example(0, "а\n\n## б {#c}")
@example(4, "а\n\n= 12")
def test_no_words_can_change_the_key_of_a_quiz(place: int, words: str) -> None:
    pieces = cut_quiz(QUIZ_BODY)
    if words.strip() and fits(pieces, place, words, quiz=True):
        target = passages_in(pieces)[place]
        changed = "".join(
            piece if isinstance(piece, str) else piece.written(words if piece is target else piece.text)
            for piece in pieces
        )
        assert key_of(changed) == key_of(QUIZ_BODY)


def test_every_language_has_its_own_accepted_answers() -> None:
    source = "## What? {#what}\n\n= good offices\n= 7\n\n> So.\n"
    here = "## Что? {#what}\n\n= добрые услуги\n= good offices\n= 7\n= семь\n\n> Так.\n"
    pieces = cut_quiz(source)
    found = by_key(passages_in(pieces), passages_in(cut_quiz(here)), Memory())
    assert composed(pieces, found, {}, quiz=True).body == here.replace("= 7\n= семь", "= семь\n= 7")
    assert fits(pieces, 1, "добрые услуги\ngood offices", quiz=True) is True
    assert fits(pieces, 1, "добрые услуги\n8", quiz=True) is False


def test_what_only_a_translation_of_a_quiz_says_is_kept() -> None:
    source = "Intro.\n\n## What? {#what}\n\n- [ ] a\n- [x] b\n"
    here = "Вступление.\n\nЕщё.\n\n## Что? {#what}\n\n- [ ] а\n  > Нет.\n- [x] б\n- [ ] в\n\n> Так.\n"
    pieces = cut_quiz(source)
    found = by_key(passages_in(pieces), passages_in(cut_quiz(here)), Memory())
    made = composed(pieces, found, {}, quiz=True).body
    assert made == "Вступление.\n\nЕщё.\n\n## Что? {#what}\n\n- [ ] а\n  > Нет.\n- [x] б\n> Так.\n"


def test_words_that_add_an_option_do_not_fit() -> None:
    assert fits(cut_quiz(QUIZ_BODY), 1, "а\n- [x] б", quiz=True) is False
    assert fits(cut_quiz(QUIZ_BODY), 1, "Никто не спросил", quiz=True) is True


def test_what_a_translation_lost_is_named() -> None:
    source = Passage(Shape.PARAGRAPH, "See [it](02-check.md) and `code` {name}.[^1] ![A](../media/a.svg)")
    assert losses(source, "Смотрите") == [Loss.PICTURE, Loss.LINK, Loss.FOOTNOTE, Loss.PLACEHOLDER, Loss.CODE]
    assert losses(source, "См. [это](02-check.md), `код` {name}.[^1] ![А](../media/a.svg)") == []
    table = Passage(Shape.TABLE, "| a | b |\n|---|---|")
    assert losses(table, "| а |\n|---|") == [Loss.CELLS]


def body(*texts: str) -> list[Passage]:
    return passages_in(cut("\n\n".join(texts)))


def made(*pairs: tuple[str, str]) -> Memory:
    return memory.read([memory.entry(digest_of(source), digest_of(target)) for source, target in pairs])


def test_the_memory_says_what_is_done_what_is_behind_and_what_is_missing() -> None:
    source = body("One is here.", "Two is new now.", "Three is here.", "Four is here.")
    target = body("Один.", "Два.", "Three is here.", "Четыре.")
    known = made(("One is here.", "Один."), ("Two was old.", "Два."))
    copies = Memory(known.made, frozenset({digest_of("Three is here.")}))
    found = in_order(source, target, copies)
    assert [pair.state for pair in found.pairs] == [State.DONE, State.STALE, State.MISSING, State.UNSURE]
    assert found.pairs[1].made_from == digest_of("Two was old.")


def test_a_new_paragraph_of_the_source_is_missing_and_moves_nothing() -> None:
    source, target = body("A one.", "B new.", "C three."), body("А.", "Ц.")
    found = in_order(source, target, made(("A one.", "А."), ("C three.", "Ц.")))
    assert [(pair.text, pair.state) for pair in found.pairs] == [
        ("А.", State.DONE),
        ("", State.MISSING),
        ("Ц.", State.DONE),
    ]


def test_paragraphs_that_change_places_take_their_translations_along() -> None:
    source, target = body("C three.", "A one."), body("А.", "Ц.")
    found = in_order(source, target, made(("A one.", "А."), ("C three.", "Ц.")))
    assert [pair.text for pair in found.pairs] == ["Ц.", "А."]


def test_a_translation_whose_source_is_gone_is_kept_and_named() -> None:
    found = in_order(body("A one."), body("А.", "Б."), made(("A one.", "А."), ("B two.", "Б.")))
    assert [(each.after, each.passage.text) for each in found.leftovers] == [(0, "Б.")]
    pieces = cut("A one.")
    assert composed(pieces, found, {}, quiz=False).body == "А.\n\nБ."


def test_a_folder_without_memory_is_neither_fresh_nor_behind() -> None:
    source = body("## Head", "One has more words than that.", "Two.")
    target = body("## Глава", "One has more words than that.", "Два.")
    states = [pair.state for pair in in_order(source, target, Memory()).pairs]
    assert states == [State.UNSURE, State.MISSING, State.UNSURE]


def test_a_link_that_is_led_anew_makes_no_other_text() -> None:
    assert digest_of("See [it](02-check.md)") == digest_of("See [it](../03-more/01-check.md)")
    assert digest_of("See [it](https://a.org)") != digest_of("See [it](https://b.org)")


def test_options_are_paired_by_their_question() -> None:
    source, target = (
        passages_in(cut_quiz(QUIZ)),
        passages_in(cut_quiz(QUIZ.replace("Nobody asked", "Никто не спросил"))),
    )
    found = by_key(source, target, made(("Nobody asked", "Никто не спросил")))
    assert next(pair for pair in found.pairs if pair.source.key == "gate/item/0").state is State.DONE
