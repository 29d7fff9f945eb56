"""A small whole course as files, to be broken in one place at a time."""

from collections.abc import Mapping

from courses.catalogue.content import Course
from courses.catalogue.reader.course import read_course
from courses.catalogue.reader.faults import CourseFaults, Fault

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300"><path d="M0 0h9"/></svg>'
COURSE = """---
title: First steps
summary: How quarrels stay small.
language: en
level: introductory
hours: 4
topics: [mediation, water]
outcomes:
  - Tell a dispute from violence
enrolment: open
completion:
  lessons: 100
  quizzes: 75
  tasks: all
  sessions: 80
certificate:
  title: Certificate of Completion
  participation: true
retired: [old-module/old-lesson]
---
Welcome. Begin with [the canal](01-water/01-canal.md).
"""
MODULE = """---
title: Water
summary: One canal, two villages.
---
"""
LESSON = """---
title: The canal
summary: A gate is shut.
preview: true
---
## A gate

Two villages share **one** canal.[^1]

![A canal between two villages](../media/canal.svg "The canal")

### More

See [the check](02-check.md) and [the Charter](https://www.un.org/en/about-us/un-charter).

[^1]: An invented source.
"""
QUIZ = """---
kind: quiz
title: Check
summary: Two questions.
pass: 75
attempts: 3
draw: 2
shuffle: true
minutes: 30
---
## Who shut the gate? {#gate}

- [ ] Nobody asked
  > Somebody did.
- [x] Nobody, a bank fell
  > Yes.

> Reread: [the canal](01-canal.md)

## In which year? {#year}

= 1992
= 1990-1993
"""
TASK = """---
kind: task
title: A map
summary: Draw it.
words: 500
pass: 60
rubric:
  - id: actors
    title: Actors
    points: 4
    text: All of them.
  - id: causes
    title: Causes
    points: 6
    text: The deep ones too.
---
Draw a map of the quarrel.
"""
SESSION = """---
kind: session
title: We meet
summary: An hour together.
---
"""
GUIDE = """---
title: How to teach first steps
summary: Sixty minutes and a sheet of paper.
---
## The room

Put the chairs in a circle beside the tamarisk. Read [the canal](01-water/01-canal.md) once more.

## Marking

| Points | When |
|---|---|
| 4 | Everybody is there. |

!!! caution
    Nobody has to speak.
"""
GLOSSARY = "*[canal]: A river made by people.\n"
FILES = {
    "course.md": COURSE,
    "glossary.md": GLOSSARY,
    "media/canal.svg": SVG,
    "01-water/module.md": MODULE,
    "01-water/01-canal.md": LESSON,
    "01-water/02-check.md": QUIZ,
    "01-water/03-map.md": TASK,
    "01-water/04-meeting.md": SESSION,
}
SCENARIO = """---
kind: scenario
title: Two days at the gate
summary: Forty young men want to open a gate by force.
---
You are the deputy head of the district.

## The call {#call}

The telephone rings. What is **known**:

- the canal is dry
- the gate is shut

Decide.

- [Telephone the engineer](#engineer)
  > She answers at once.
- [Wait until
  morning](#wait)
  > Nothing happens for an hour.

## The engineer {#engineer}

She walks along the canal. The bank has fallen.

- [Meet at the break](#peace)
  > People film the meeting.

## Waiting {#wait}

The night is long.

- [Go there after all](#engineer)
- [Send the police](#blow)
  > They come late.

## Peace {#peace}

Nobody is hurt.

## A blow {#blow}

Somebody is hurt.

## What this was about {#debrief}

Fast work and slow work.
"""


def course_files(changes: Mapping[str, str | bytes | None] | None = None) -> dict[str, bytes]:
    """The course's files with some added or changed, and those that are None left out."""
    wanted: dict[str, str | bytes | None] = {**FILES, **(changes or {})}
    return {
        path: content.encode() if isinstance(content, str) else content
        for path, content in wanted.items()
        if content is not None
    }


def course_with(changes: Mapping[str, str | bytes | None] | None = None) -> Course:
    """The course read from those files."""
    return read_course("first-steps", course_files(changes))


def faults_of(files: Mapping[str, bytes]) -> tuple[Fault, ...]:
    """What the reader says about some files; nothing if they are a course."""
    try:
        read_course("first-steps", files)
    except CourseFaults as refusal:
        return refusal.faults
    return ()


def faults_with(changes: Mapping[str, str | bytes | None]) -> list[str]:
    """What the reader says about the course with these changes, without the course's name before each line."""
    return [str(fault).removeprefix("first-steps/") for fault in faults_of(course_files(changes))]


def quiz_faults(body: str) -> list[str]:
    """What the reader says about a quiz with this body, which begins on line 5."""
    path = "01-water/02-check.md"
    text = f"---\nkind: quiz\ntitle: Check\nsummary: Some questions.\n---\n{body}"
    return [fault.removeprefix(f"{path}:") for fault in faults_with({path: text})]
