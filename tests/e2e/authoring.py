"""What a trainer does on the pages of the workshop, found by addresses and names, so that words may change."""

import re
import struct
import zlib

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import press

SLUG = "a-gate-at-night"
TITLE = "A gate at night"
OPENING, CHECK, TASK = "01-first-steps/01-opening.md", "01-first-steps/02-check.md", "01-first-steps/03-task.md"
LESSON = """---
title: Who shuts the gate
summary: A gate is shut at night, and nobody says why.
preview: true
---
## Begin with a question

Who decides about water where you live?

## What is known

Two villages share one canal. In July the gate is shut at night.[^1]

## In short

- Ask who opens the gate, and why.

[^1]: An invented story.
"""
PARAGRAPH = "In July the gate is shut at night."
SECOND = LESSON.replace("Who shuts the gate", "Who opens it").replace("preview: true\n", "")


def png() -> bytes:
    """A small picture of one colour."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", 320, 180, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + bytes((30, 120, 120)) * 320 for _ in range(180))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def begin(page: Page) -> None:
    """Begin a course, with a title and a sentence."""
    press(page, "main a[href='/teach/new']")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary]").fill("Why a gate is shut at night, and whom one asks.")
    page.locator("[name=hours]").fill("2")
    press(page)
    expect(page).to_have_url(re.compile(f"/teach/{SLUG}/draft$"))


def open_file(page: Page, path: str) -> None:
    """From the course's tree into the editor of a file."""
    page.goto(f"/teach/{SLUG}/draft")
    press(page, f"main a[href='/teach/{SLUG}/draft/{path}']")


def state(page: Page, words: str) -> None:
    """Wait until the editor says this."""
    expect(page.locator("#save-state")).to_contain_text(words, timeout=20_000)


def write(page: Page, text: str) -> None:
    """Type a text in the place of the one that is there, and wait until it is kept."""
    page.locator("#source").fill(text)
    state(page, "Saved")


def replace(page: Page, old: str, new: str) -> None:
    """Select some words and type others."""
    page.locator("#source").evaluate(
        "(area, words) => { const at = area.value.indexOf(words); area.focus(); "
        "area.setSelectionRange(at, at + words.length); }",
        old,
    )
    page.keyboard.type(new)


def add_picture(page: Page) -> None:
    """Upload a picture and put it into the lesson that was open before, with the button of the toolbar."""
    page.goto(f"/teach/{SLUG}/draft/media")
    page.locator("[name=file]").set_input_files({"name": "Gate.png", "mimeType": "image/png", "buffer": png()})
    press(page, "main form:has([name=file]) button[type=submit]")
    open_file(page, OPENING)
    replace(page, PARAGRAPH, PARAGRAPH)
    page.locator("[data-tool=picture]").click()
    page.locator("#picture-file").select_option(index=1)
    page.locator("#picture-words").fill("A gate across a canal")
    page.locator("dialog[open] button[value=put]").click()
    picture = "![A gate across a canal](../media/gate.webp)"
    expect(page.locator("#source")).to_have_value(re.compile(re.escape(f"{PARAGRAPH}[^1]\n\n{picture}\n\n## In short")))
    state(page, "Saved")


def write_question(page: Page) -> None:
    """Write over the question that a new quiz brings, in its form."""
    open_file(page, CHECK)
    press(page, f"main a[href='/teach/{SLUG}/draft/questions/{CHECK}']")
    press(page, "main a[href*='/draft/question/'][href*='id=']")
    page.locator("[name=prompt]").fill("What do the villages share?")
    rows = page.locator("fieldset")
    _option(rows.nth(0), "A canal", "Both drink from it.")
    _option(rows.nth(1), "A road", "The road belongs to one of them.")
    press(page)


def _option(row: Locator, text: str, why: str) -> None:
    row.locator("[name$=text]").fill(text)
    row.locator("[name$=feedback]").fill(why)


def take_out_the_task(page: Page) -> None:
    """Take the task out of the course, take that back, and take it out after all."""
    for _ in range(2):
        page.goto(f"/teach/{SLUG}/draft")
        press(page, f"main a[href*='draft/change?thing={TASK.removesuffix('.md')}']")
        press(page, "button[value=retire]")
        expect(page.locator(f"main a[href$='{TASK}']")).to_have_count(0)
        if _ == 0:
            page.goto(f"/teach/{SLUG}/draft/history")
            press(page, "form[action$='/undo'] button")
            page.goto(f"/teach/{SLUG}/draft")
            expect(page.locator(f"main a[href$='/draft/{TASK}']")).to_have_count(1)


def add_module(page: Page, title: str, lesson: str) -> None:
    """Add a module with a lesson."""
    page.goto(f"/teach/{SLUG}/draft")
    press(page, f"main a[href='/teach/{SLUG}/draft/add/module']")
    page.locator("[name=title]").fill(title)
    press(page)
    press(page, "main a[href*='add/lesson?module=02-']")
    page.locator("[name=title]").fill(lesson)
    press(page)
    page.locator("#source").fill(SECOND)


def settle_course(page: Page) -> None:
    """Fill in what the course's own page asks."""
    open_file(page, "course.md")
    press(page, f"main a[href='/teach/{SLUG}/draft/settings/course.md']")
    page.locator("[name=outcomes]").fill("Tell a position from an interest")
    page.locator("[name=topics]").fill("mediation\nwater")
    press(page)
    page.goto(f"/teach/{SLUG}/draft/course.md")


def publish(page: Page, note: str) -> None:
    """From the tree to a published edition."""
    page.goto(f"/teach/{SLUG}/publish")
    if note:
        page.locator("[name=note]").fill(note)
    if page.locator("[name=show]").count():
        page.locator("[name=show][value=yes]").check()
    press(page, "#confirm button[type=submit]")
    expect(page.locator(".flashes")).to_be_visible()
