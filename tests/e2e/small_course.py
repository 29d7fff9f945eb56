"""A small whole course for the stories: a lesson, a quiz with every kind of question, a task, a scenario."""

from pathlib import Path

SLUG = "one-canal"
COURSE = """---
title: One canal, two villages
summary: A short course about water, neighbours and the first word.
language: en
level: introductory
hours: 2
topics: [mediation, water]
outcomes:
  - Tell a position from an interest
enrolment: open
status: published
completion:
  lessons: 100
  quizzes: 75
  tasks: all
certificate:
  title: Certificate of Completion
  participation: true
---
Who this course is for, and how you work.
"""
COURSE_FA = """---
title: یک کانال، دو قریه
summary: کورس کوتاهی دربارهٔ آب، همسایه‌ها و نخستین سخن.
outcomes:
  - موقف را از منفعت جدا کنید
certificate:
  title: گواهی‌نامهٔ تکمیل
---
این کورس برای کیست و چگونه کار می‌کنید.
"""
MODULE = """---
title: Water
summary: One canal, two villages.
---
"""
LESSON = """---
title: Water in summer
summary: Why a gate matters.
preview: true
---
## The gate

Two villages share one *canal*. In July the gate is shut at night, and by morning a field is dry.

| Village | Says | Needs |
|---|---|---|
| Upper | The gate stays shut | Enough for the orchard |
| Lower | The gate stays open | Water on Fridays |

## In short

- Ask who opens the gate, and why.
"""
LESSON_FA = """---
title: آب در تابستان
summary: چرا دروازهٔ کانال مهم است.
---
## دروازه

دو قریه یک *کانال* دارند. در ماه جولای دروازه شب‌ها بسته است و صبح زمین خشک می‌ماند.

| قریه | می‌گوید | نیاز دارد |
|---|---|---|
| بالا | دروازه بسته بماند | آب کافی برای باغ |
| پایین | دروازه باز بماند | آب در روزهای جمعه |

## خلاصه

- بپرسید که دروازه را کی باز می‌کند و چرا.
"""
QUIZ = """---
kind: quiz
title: Check what you know
summary: Every kind of question once.
pass: 75
attempts: 3
shuffle: true
---
## What do the villages share? {#share}

- [ ] A road
  > The road belongs to one of them.
- [x] A canal
  > Both drink from it.
- [ ] A mosque

> They share water.

## Which of these are interests? Choose all that apply. {#interests}

- [x] Enough water for the orchard
- [x] Water on the day of prayer
- [ ] The gate stays shut

## In which month is the gate shut? {#month}

= July

## How many villages are there? {#count}

= 2

## Put the first steps of a mediator in order {#steps}

1. Ask both sides whether they agree
2. Listen to each side alone
3. Bring them together
4. Write down what they agreed

## Match the word with what it means {#words}

- Position :: what somebody says they want
- Interest :: why they want it
- BATNA :: the best course open if there is no deal

## Whose consent does this mediation need, and why? {#consent}

= open: 40 words

> Both villages, and whoever keeps the gate.
"""
TASK = """---
kind: task
title: Draw the canal
summary: Who is there, and what do they need?
words: 60
pass: 60
rubric:
  - id: actors
    title: Actors
    points: 4
    text: All of them, the quiet ones too.
  - id: causes
    title: Causes
    points: 6
    text: The deep ones too.
---
Describe the quarrel at the canal in a few sentences.
"""
STORY = """---
kind: scenario
title: A night at the gate
summary: Forty young men want to open a gate by force.
---
You are the deputy head of the district.

## The call {#call}

The telephone rings. The gate is shut, and the *canal* is dry.

- [Telephone the engineer](#engineer)
  > She answers at once.
- [Wait until morning](#wait)
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
STORY_FA = """---
title: شبی پهلوی دروازه
summary: چهل جوان می‌خواهند دروازه را به زور باز کنند.
---
شما معاون ولسوال هستید.

## تلفون {#call}

تلفون زنگ می‌زند. دروازه بسته است و *کانال* خشک.

- [به انجنیر تلفون کنید](#engineer)
  > او بی‌درنگ جواب می‌دهد.
- [تا صبح صبر کنید](#wait)
  > یک ساعت هیچ چیز نمی‌شود.

## انجنیر {#engineer}

او در کنار کانال می‌رود. دیوارهٔ کانال افتاده است.

- [در جای شکسته دیدار کنید](#peace)
  > مردم از دیدار فلم می‌گیرند.

## صبر {#wait}

شب دراز است.

- [با این هم به آن جا بروید](#engineer)
- [پولیس را بفرستید](#blow)
  > آنان دیر می‌رسند.

## آرامش {#peace}

هیچ کس آسیب نمی‌بیند.

## ضربه {#blow}

کسی آسیب می‌بیند.

## این داستان دربارهٔ چه بود {#debrief}

کار تند و کار آهسته.
"""
FILES = {
    "course.md": COURSE,
    "course.fa.md": COURSE_FA,
    "01-water/module.md": MODULE,
    "01-water/01-summer.md": LESSON,
    "01-water/01-summer.fa.md": LESSON_FA,
    "01-water/02-check.md": QUIZ,
    "01-water/03-map.md": TASK,
    "01-water/04-night.md": STORY,
    "01-water/04-night.fa.md": STORY_FA,
}


def write_small_course(folder: Path) -> Path:
    """Write the course into this folder; returns the folder."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
