"""What is wrong with a scenario is said with its line."""

import pytest

from tests.courses.course_files import SCENARIO, course_with, faults_with

PATH = "01-water/06-gate.md"


def said(text: str) -> list[str]:
    return [fault.split(": ", 1)[1] for fault in faults_with({PATH: text})]


def test_scenes_choices_and_consequences_are_read() -> None:
    scenes = course_with({PATH: SCENARIO}).lessons[-1].texts["en"].scenes
    assert [scene.id for scene in scenes] == ["call", "engineer", "wait", "peace", "blow", "debrief"]
    assert [(each.target, each.text, each.consequence) for each in scenes[0].choices] == [
        ("engineer", "Telephone the engineer", "She answers at once."),
        ("wait", "Wait until morning", "Nothing happens for an hour."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{#peace}", "", 'scene "Peace" has no id; end its heading with one, such as {#river}'),
        ("{#peace}", "{#call}", 'the id "call" is used by the scene on line 8 as well'),
        ("(#wait)", "(#nowhere)", 'this choice leads to "nowhere", and there is no such scene'),
        ("(#wait)", "(#engineer)", 'two choices of scene "call" lead to "engineer"; give each a scene of its own'),
        ("(#blow)", "(#wait)", 'no choice leads to scene "blow"'),
        ("She walks along the canal. The bank has fallen.", "", 'scene "engineer" has no text'),
        ("Decide.", "Decide, or [wait](#wait).", "a link to a scene is a choice"),
        ("- [Meet at the break](#peace)", "- [Meet](#peace) or not", "a link to a scene is a choice"),
        ("  > People film the meeting.\n", "And then?\n", 'scene "engineer": nothing may stand below its choices'),
        ("(#blow)", "(#debrief)", '"debrief" stands below every end by itself'),
        ("title: Two", "preview: true\ntitle: Two", "a preview lesson is one to read, not a scenario"),
        ("Nobody is hurt.", "Nobody is hurt.\n\n- [Again](#call)", 'from scene "peace" no way leads to an end'),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, fault: str) -> None:
    text = SCENARIO.replace(old, new, 1)
    if "Again" in new:  # the other end goes too
        text = text.replace("Somebody is hurt.", "Somebody is hurt.\n\n- [Again](#call)")
    assert any(each.startswith(fault) for each in said(text)), said(text)


def test_a_translation_has_the_same_ways() -> None:
    other = SCENARIO.replace("kind: scenario\n", "").replace("(#blow)", "(#peace)")
    faults = faults_with({PATH: SCENARIO, "01-water/06-gate.ru.md": other})
    assert any('the choices of scene "wait" lead to engineer, peace' in fault for fault in faults)
