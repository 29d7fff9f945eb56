"""Quizzes as trainers write them: every kind of question, and every way to get one wrong."""

from decimal import Decimal

import pytest

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    ExactAnswer,
    MatchQuestion,
    NumberAnswer,
    OpenQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
    Quiz,
)
from tests.courses.course_files import course_with, quiz_faults

CONTRACT = """---
kind: quiz
title: Check what you know
pass: 75          # per cent
attempts: 3       # 0 = without limit
draw: 10          # out of all questions below, at random; absent = all
shuffle: true
minutes: 30       # absent = no time limit
---
Take your time.

## Which article of the Charter lists the peaceful means? {#art33}

- [ ] Article 2(4)
  > That article forbids the use of force.
- [x] Article 33
  > Negotiation, enquiry, mediation and the rest.
- [ ] Article 99

> Shown to everyone after the attempt.

## Which are pillars of the WPS agenda? {#pillars}

- [x] participation
- [x] protection
- [ ] deterrence

## In which year was resolution 1325 adopted? {#r1325}

= 2000

## Put the first stages of escalation in order {#glasl}

1. Hardening
2. Debate
3. Deeds, not words

## Match the term {#terms}

- BATNA :: the best course open if there is no deal
- ZOPA :: the overlap between the two walk-away points

## Whose consent does this mediation need, and why? {#consent}

An invented town has two mayors,
and a river.

= open: 200 words

> Think of those who can spoil it.
"""


def questions(body: str) -> tuple[Question, ...]:
    text = f"---\nkind: quiz\ntitle: Check\nsummary: Some questions.\n---\n{body}"
    quiz = course_with({"01-water/02-check.md": text}).lessons[1].quiz
    assert quiz is not None
    return quiz.questions


def test_the_contracts_own_quiz_is_read() -> None:
    lesson = course_with({"01-water/02-check.md": CONTRACT}).lessons[1]
    quiz = lesson.quiz
    assert isinstance(quiz, Quiz)
    assert (quiz.pass_mark, quiz.attempts, quiz.draw, quiz.shuffle, quiz.minutes) == (75, 3, 10, True, 30)
    assert lesson.text().body == "Take your time."
    article, pillars, year, order, match, consent = quiz.questions
    assert article == ChoiceQuestion(
        "art33",
        "Which article of the Charter lists the peaceful means?",
        "",
        "Shown to everyone after the attempt.",
        12,
        (
            Option("Article 2(4)", right=False, feedback="That article forbids the use of force."),
            Option("Article 33", right=True, feedback="Negotiation, enquiry, mediation and the rest."),
            Option("Article 99", right=False),
        ),
    )
    assert isinstance(pillars, ChoiceQuestion)
    assert (article.several, pillars.several, pillars.right) == (False, True, frozenset({0, 1}))
    assert isinstance(year, AnswerQuestion)
    assert year.accepted == (NumberAnswer("2000", Decimal(2000), Decimal(2000)),)
    assert isinstance(order, OrderQuestion)
    assert order.items == ("Hardening", "Debate", "Deeds, not words")
    assert isinstance(match, MatchQuestion)
    assert match.pairs[0] == Pair("BATNA", "the best course open if there is no deal")
    assert isinstance(consent, OpenQuestion)
    assert (consent.words, consent.detail) == (200, "An invented town has two mayors,\nand a river.")
    assert consent.explanation == "Think of those who can spoil it."


def test_a_quiz_without_settings_has_those_of_its_course() -> None:
    text = "---\nkind: quiz\ntitle: Check\nsummary: One.\n---\n## Year? {#y}\n= 1992\n"
    quiz = course_with({"01-water/02-check.md": text}).lessons[1].quiz
    assert quiz is not None
    assert (quiz.pass_mark, quiz.attempts, quiz.draw, quiz.drawn, quiz.minutes) == (None, 0, None, 1, None)


def test_long_options_and_feedback_go_on_in_the_next_line() -> None:
    (question,) = questions("## A? {#a}\n- [x] One\n  and more\n  > Yes,\n  > really.\n\n- [ ] Two\n")
    assert isinstance(question, ChoiceQuestion)
    assert question.options[0] == Option("One and more", right=True, feedback="Yes,\nreally.")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("= peace", ExactAnswer("peace")),
        ("= 33(1)", ExactAnswer("33(1)")),
        ("= A/47/277", ExactAnswer("A/47/277")),
        ("=1945", NumberAnswer("1945", Decimal(1945), Decimal(1945))),
        ("= -2,5", NumberAnswer("-2,5", Decimal("-2.5"), Decimal("-2.5"))),
        ("= 1945 ± 1", NumberAnswer("1945 ± 1", Decimal(1944), Decimal(1946))),
        ("= 0.5±0.25", NumberAnswer("0.5±0.25", Decimal("0.25"), Decimal("0.75"))),
        ("= 40-45", NumberAnswer("40-45", Decimal(40), Decimal(45))),
        ("= 40 – 45", NumberAnswer("40 – 45", Decimal(40), Decimal(45))),
        ("= -5--1", NumberAnswer("-5--1", Decimal(-5), Decimal(-1))),
        ("= open door policy", ExactAnswer("open door policy")),
    ],
)
def test_answers_are_texts_numbers_or_ranges(line: str, answer: ExactAnswer | NumberAnswer) -> None:
    (question,) = questions(f"## A? {{#a}}\n{line}\n")
    assert isinstance(question, AnswerQuestion)
    assert question.accepted == (answer,)
    assert question.numeric == isinstance(answer, NumberAnswer)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Only words.\n", "6: this quiz has no question; a question is a heading that begins with ##"),
        ("# A? {#a}\n", "6: a question is a heading of level 2 (##); a quiz has no other headings"),
        ("## A?\n= 1\n", '6: question "A?" has no id; end its heading with one, such as {#water}'),
        ("## {#a}\n= 1\n", '6: question "a" asks nothing: its heading has no text'),
        (
            "## A? {#вода}\n= 1\n",
            '6: "вода" cannot be the id of a question; begin with a Latin letter; letters, digits, hyphens, 40 at most',
        ),
        ("## A? {#a}\n= 1\n\n## B? {#a}\n= 1\n", '9: the id "a" is used by the question on line 6 as well'),
        (
            "## A? {#a}\nJust words.\n",
            '6: question "a" cannot be answered: it has no options, answers, order or pairs below it',
        ),
        ("## A? {#a}\n- [ ] b\n- [ ] c\n", '6: question "a" has no right answer'),
        ("## A? {#a}\n- [x] b\n", '6: question "a" has only one option; a choice needs two or more'),
        ("## A? {#a}\n- [x] b\n- [ ] B\n", '8: question "a" offers "B" twice'),
        ("## A? {#a}\n- [x] b\n- [ ]\n", '8: question "a" has an item without text'),
        (
            "## A? {#a}\n- [x] b\n- c\n- [ ] d\n",
            '8: begin an option with "- [ ]" or "- [x]"; a pair has " :: " between its two sides',
        ),
        ("## A? {#a}\n- [x] b\n= c\n- [ ] d\n", '8: question "a" mixes options with answers'),
        (
            "## A? {#a}\n- [x] b\nmore\n- [ ] d\n",
            '8: question "a": this line is no option, answer or explanation; indent it if it belongs to the line above',
        ),
        ("## A? {#a}\n1. b\n", '6: question "a" has only one item to put in order'),
        ("## A? {#a}\n- b :: c\n", '6: question "a" has only one pair to match'),
        ("## A? {#a}\n- b :: c\n- b :: d\n", '8: question "a" has "b" in two pairs'),
        ("## A? {#a}\n- b :: c\n- d :: c\n", '8: question "a" has "c" in two pairs'),
        ("## A? {#a}\n- b :: c\n- d ::\n", '8: question "a" has a pair with an empty side'),
        (
            "## A? {#a}\n= b\n  > c\n",
            '8: question "a": only options have feedback of their own; write the explanation without indent',
        ),
        ("## A? {#a}\n= open\n", '7: question "a" is open and must name its length, as in "= open: 150 words"'),
        ("## A? {#a}\n= open: many\n", '7: question "a" is open and must name its length, as in "= open: 150 words"'),
        ("## A? {#a}\n= open: 9 words\n= b\n", '8: question "a" is open and has other answers as well'),
        (
            "## A? {#a}\n= 1945 ± few\n",
            '7: question "a": "1945 ± few" should be a number, ± and a number, as in "= 1945 ± 1"',
        ),
        ("## A? {#a}\n= 45-40\n", '7: question "a": the range "45-40" ends before it begins'),
        ("## A? {#a}\n= ?!\n", '7: question "a": "?!" has no letter or digit to type'),
        ("## A? {#a}\n= 1\n\n> See[^1].\n", "9: a quiz has no footnotes"),
    ],
)
def test_a_wrong_question_is_named_with_its_line(body: str, expected: str) -> None:
    assert expected in quiz_faults(body)


def test_drawing_more_than_there_is_draws_everything() -> None:
    text = "---\nkind: quiz\ntitle: Check\ndraw: 10\n---\n## Year? {#y}\n= 1992\n"
    path = "01-water/02-check.md"
    quiz = course_with({path: text}).lessons[1].quiz
    assert quiz is not None
    assert quiz.drawn == 1
