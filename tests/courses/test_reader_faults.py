"""Every kind of fault in a course is named with its file and line, in words its author knows."""

import pytest

from courses.catalogue.reader.layout import NO_PLACE
from tests.courses.course_files import FILES, GLOSSARY, LESSON, MODULE, QUIZ, SESSION, SVG, TASK, faults_with

CANAL = "01-water/01-canal.md"
CHECK = "01-water/02-check.md"
MAP = "01-water/03-map.md"


def changed(path: str, old: str, new: str) -> dict[str, str | bytes | None]:
    text = FILES[path]
    assert old in text
    return {path: text.replace(old, new, 1)}


FRONT_MATTER_FAULTS = [
    ("title: The canal", "\ttitle: The canal", f"{CANAL}:2: a tab stands here; YAML wants spaces"),
    (
        "title: The canal",
        "title: The canal: a story",
        f"{CANAL}:2: put the value into double quotes: it has a colon followed by a space",
    ),
    ("preview: true", "preview: true\ntitle: Again", f'{CANAL}:5: key "title" is given twice'),
    (
        "title: The canal",
        "title: &a The canal",
        f"{CANAL}:2: anchors, aliases and tags of YAML (&, *, !) have no use here; put the text into double quotes",
    ),
    (
        "title: The canal",
        "title: !!python/object:os.system x",
        f"{CANAL}:2: anchors, aliases and tags of YAML (&, *, !) have no use here; put the text into double quotes",
    ),
    ("title: The canal", "title: [[[[[[[x]]]]]]]", f"{CANAL}:2: the front matter is nested too deeply"),
    ("title: The canal", "- The canal", f'{CANAL}:2: the front matter must be lines of the form "key: value"'),
    ("title: The canal", "title:", f'{CANAL}:2: key "title" has no text'),
    ("title: The canal", "title: [a]", f'{CANAL}:2: key "title" must be one text'),
    ("title: The canal\n", "", f'{CANAL}:1: key "title" is missing'),
    ("preview: true", "preview: perhaps", f'{CANAL}:4: key "preview" must be true or false'),
    (
        "preview: true",
        "colour: red",
        f'{CANAL}:4: unknown key "colour"; known here: kind, title, summary, preview, opens',
    ),
    (
        "preview: true",
        "kind: quizz",
        f'{CANAL}:4: key "kind" is "quizz"; it may be reading, quiz, task, scenario, session',
    ),
    (
        "preview: true\n---",
        "preview: true\n",
        f'{CANAL}:1: the front matter that opens here is never closed; end it with a line of "---"',
    ),
]
BODY_FAULTS = [
    ("## A gate", "# A gate", f"{CANAL}:6: a body has no heading of level 1, the title is it; begin with ##"),
    (
        "### More",
        "#### More",
        f"{CANAL}:12: the heading goes from level 2 to level 4; no level may be left out",
    ),
    ("### More", "More\n===", f"{CANAL}:12: a body has no heading of level 1, the title is it; begin with ##"),
    (
        "(02-check.md)",
        "(02-chekc.md)",
        f'{CANAL}:14: the link "02-chekc.md" leads to nothing in this course; did you mean "02-check.md"?',
    ),
    ("(02-check.md)", "(../../x)", f'{CANAL}:14: the link "../../x" leads to nothing in this course'),
    (
        "(02-check.md)",
        "(javascript:x)",
        f'{CANAL}:14: the link "javascript:x" must begin with https:, http: or mailto:, or lead to a file here',
    ),
    (
        "![A canal between two villages]",
        "![]",
        f'{CANAL}:10: the picture "../media/canal.svg" has no alternative text between its square brackets',
    ),
    (
        "../media/canal.svg",
        "https://evil.example/a.png",
        (
            f'{CANAL}:10: the picture "https://evil.example/a.png" is not in media/; '
            "a foreign picture tells a stranger who reads"
        ),
    ),
    ("../media/canal.svg", "02-check.md", f'{CANAL}:10: "02-check.md" is not a picture'),
    ("[^1]: An invented source.", "", f'{CANAL}:8: footnote "1" has no text'),
    ("[^1]: An invented source.", "[^1]:", f'{CANAL}:16: footnote "1" has no text'),
    ("canal.[^1]", "canal.", f'{CANAL}:16: footnote "1" is not mentioned in the text'),
    ("[^1]: An", "[^1]: One.\n[^1]: An", f'{CANAL}:17: footnote "1" is written twice'),
    ("[^1]: An", "*[UN]: x\n*[UN]: y\n\n[^1]: An", f'{CANAL}:17: abbreviation "UN" is explained twice'),
]


@pytest.mark.parametrize(("old", "new", "expected"), [*FRONT_MATTER_FAULTS, *BODY_FAULTS])
def test_a_fault_in_a_lesson_is_named_with_its_line(old: str, new: str, expected: str) -> None:
    assert expected in faults_with(changed(CANAL, old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("language: en", "language: xx", '4: key "language" is "xx"; it may be en, ru, kk, ky, tg, tk, uz, fa, ps'),
        (
            "level: introductory",
            "level: easy",
            '5: key "level" is "easy"; it may be introductory, intermediate, advanced',
        ),
        ("hours: 4", "hours: four", '6: key "hours" must be a whole number from 1 to 1000'),
        (
            "[mediation, water]",
            "[Mediation]",
            '7: key "topics": "Mediation" must be small Latin letters, digits and hyphens',
        ),
        ("[mediation, water]", "mediation", '7: key "topics" must be a list'),
        ("enrolment: open", "enrolment: free", '10: key "enrolment" is "free"; it may be open, code, approval'),
        ("  lessons: 100", "  lesons: 100", '12: unknown key "lesons"; did you mean "lessons"?'),
        ("  tasks: all", "  tasks: some", '14: key "tasks" must be all, none or a whole number of per cent'),
        ("completion:\n  lessons: 100\n  quizzes: 75\n  tasks: all\n  sessions: 80", "completion: all", "11: key"),
        (
            "[old-module/old-lesson]",
            "[water/canal]",
            (
                '19: "water/canal" is retired but in use again; '
                "a slug that once was taken is never given to something else"
            ),
        ),
    ],
)
def test_a_fault_in_the_course_file_is_named_with_its_line(old: str, new: str, expected: str) -> None:
    assert any(fault.startswith(f"course.md:{expected}") for fault in faults_with(changed("course.md", old, new)))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"course.md": None}, "course.md:1: the file is missing: a course is described in course.md"),
        (
            {"01-water/module.md": None},
            "01-water/module.md:1: the file is missing: a module has a title and a summary in module.md",
        ),
        ({"02-empty/module.md": MODULE.replace("Water", "Empty")}, "02-empty/module.md:1: this module has no lesson"),
        (
            {"01-water/05-Big Map.md": SESSION},
            (
                '01-water/05-Big Map.md:1: "05-Big Map" must be a number of two digits, a hyphen and a slug of small '
                "Latin letters, digits and hyphens, as in 01-what-it-is"
            ),
        ),
        ({"01-water/04-second.md": SESSION}, "01-water/04-second.md:1: number 04 is taken by 04-meeting as well"),
        ({"01-water/05-canal.md": SESSION}, '01-water/05-canal.md:1: the slug "canal" is used by 01-canal as well'),
        (
            {"01-water/05-again.md": SESSION},
            '01-water/05-again.md:3: the title "We meet" is also that of 01-water/04-meeting.md',
        ),
        (
            {"01-water/04-meeting.md": SESSION.replace("summary", "preview: true\nsummary")},
            f"01-water/04-meeting.md:4: {CANAL} is the preview lesson already; a course has one at most",
        ),
        ({"notes.txt": "x"}, f"notes.txt:1: {NO_PLACE}"),
        ({"01-water/a/b.md": "x"}, f"01-water/a/b.md:1: {NO_PLACE}"),
        (
            {"01-water/01-canal.xx.md": LESSON},
            '01-water/01-canal.xx.md:1: "xx" is not a language of this site (en, ru, kk, ky, tg, tk, uz, fa, ps)',
        ),
        (
            {"01-water/05-new.ru.md": LESSON},
            "01-water/05-new.ru.md:1: this translation has no original: 05-new.md is missing",
        ),
        (
            {"01-water/01-canal.en.md": LESSON},
            (
                "01-water/01-canal.en.md:1: this is the course's own language; "
                "its text belongs into the file without a language code"
            ),
        ),
        ({CANAL: LESSON.encode() + b"\xff"}, f"{CANAL}:17: the file is not UTF-8 text; save it as UTF-8"),
        ({CANAL: LESSON + "\x07"}, f"{CANAL}:17: the file has a character here that is no text (code 7)"),
        ({CANAL: LESSON + "x" * 65536}, f"{CANAL}:1: the file is 65 KB large; 64 KB of Markdown is the most"),
        ({CANAL: LESSON.partition("## A")[0]}, f"{CANAL}:6: this lesson has no text"),
        ({"glossary.md": GLOSSARY * 2}, 'glossary.md:2: abbreviation "canal" is explained twice'),
        ({"glossary.md": "# Words\n"}, 'glossary.md:1: a glossary has only lines of the form "*[term]: what it means"'),
        ({"media/other.svg": SVG}, "media/other.svg:1: no lesson uses this file"),
        ({"media/canal.svg": "x"}, "media/canal.svg:1: this is not a readable SVG picture"),
        (
            {"media/canal.svg": SVG.replace("<path", "<script/><path")},
            "media/canal.svg:1: an SVG of a course is only a drawing: <script> is not allowed",
        ),
        (
            {"media/canal.svg": SVG.replace("<path", '<path onclick="x"')},
            'media/canal.svg:1: an SVG of a course may not have the attribute "onclick"',
        ),
        (
            {"media/canal.svg": SVG.replace("<path", '<use href="//evil.example/a#b"/><path')},
            'media/canal.svg:1: an SVG of a course refers to nothing outside itself: "href" does',
        ),
        (
            {"media/canal.svg": SVG.replace("<path", '<path fill="url(https://evil.example/a)"')},
            'media/canal.svg:1: an SVG of a course refers to nothing outside itself: "fill" does',
        ),
        (
            {"media/canal.svg": '<!DOCTYPE a [<!ENTITY b "c">]>' + SVG},
            "media/canal.svg:1: an SVG of a course has no DOCTYPE and no ENTITY",
        ),
        (
            {"media/canal.svg": SVG.replace("viewBox", "box")},
            "media/canal.svg:1: the SVG has no viewBox with four numbers",
        ),
        ({"media/canal.svg": SVG + " " * 25600}, "media/canal.svg:1: the file is 26 KB large; 25 KB is the most"),
        ({"media/x.png": b"GIF89a"}, "media/x.png:1: this is not a readable png file"),
        (
            {"media/x.gif": b"GIF89a"},
            (
                'media/x.gif:1: files of the type "gif" are not accepted; '
                "pictures may be svg, png, jpg, jpeg, webp, avif, documents pdf or mp3"
            ),
        ),
        (
            {"media/My Map.svg": SVG},
            "media/My Map.svg:1: a media file is named in small Latin letters, digits and hyphens, as in first-map.svg",
        ),
        (
            {MAP: TASK.partition("rubric:")[0] + "---\nDraw."},
            f"{MAP}:1: a task needs a rubric with at least one criterion",
        ),
        ({MAP: TASK.replace("id: causes", "id: actors")}, f'{MAP}:12: criterion "actors" is in the rubric twice'),
        ({MAP: TASK.replace("title: Causes", "title: Actors")}, f'{MAP}:13: two criteria have the title "Actors"'),
        (
            {MAP: TASK.replace("points: 6", "points: six")},
            f'{MAP}:14: key "points" must be a whole number from 1 to 100',
        ),
        ({CHECK: QUIZ.replace("pass: 75", "pass: 175")}, f'{CHECK}:5: key "pass" must be a whole number from 0 to 100'),
        (
            {CHECK: QUIZ.replace("shuffle: true", "preview: true")},
            f"{CHECK}:8: a preview lesson is one to read, not a quiz",
        ),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(changes: dict[str, str | bytes | None], expected: str) -> None:
    assert expected in faults_with(changes)
