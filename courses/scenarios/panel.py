"""The lesson page of a scenario: the way so far, the scene at hand, at the end what others chose."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from academy import db
from academy.errors import NotFound
from academy.i18n import language_of
from courses.authoring.previews import Shown
from courses.catalogue.scenes import DEBRIEF, Scene, story
from courses.lessons import previewing
from courses.lessons.contents import contents
from courses.lessons.panels import LessonContext
from courses.scenarios import queries, rules
from courses.scenarios.rules import Walk

Words = Mapping[str, Mapping[str, Any]]


def show(context: LessonContext) -> ResponseReturnValue:
    """Where the learner stands in the story."""
    lesson = context.lesson
    path = queries.path_of(db.session, context.actor.id, context.live.slug, lesson.key)
    way, words = rules.walk(scenes_of(context), path), words_of(context)
    return render_template(
        "courses/scenarios/show.html",
        **_frame(context),
        way=way,
        words=words,
        debrief=words.get(DEBRIEF),
        steps=_steps(words, way),
        others=_others(context, words, way) if way.ended else [],
        urls={name: _url(context, name) for name in ("choose", "return_to", "whole")},
    )


def whole(context: LessonContext) -> str:
    """All scenes on one page: to print, and for times without a connection."""
    return render_template("courses/scenarios/whole.html", **_frame(context), scenes=list(words_of(context).values()))


def preview(shown: Shown) -> str:
    """All scenes of a draft on one page."""
    return whole(previewing.context_of(shown))


def scenes_of(context: LessonContext) -> dict[str, Scene]:
    """The story of the lesson at hand; NotFound if it is no scenario."""
    found = story(context.lesson.texts[context.lesson.language].scenes)
    if not found:
        raise NotFound
    return found


def words_of(context: LessonContext) -> Words:
    """What is shown of each scene, by its id, in the reader's language."""
    return {
        scene["id"]: {
            **scene,
            "title": _safe(scene["title"]),
            "html": _safe(scene["html"]),
            "choices": {
                each["target"]: {"text": _safe(each["text"]), "consequence": _safe(each["consequence"])}
                for each in scene["choices"]
            },
        }
        for scene in context.page.extras["scenes"]
    }


def _safe(html: str) -> Markup:
    return Markup(html)  # noqa: S704  sanitised when published


def _frame(context: LessonContext) -> dict[str, Any]:
    live, lesson, languages = context.live, context.lesson, context.languages
    state = context.standing.done.get(lesson.key) if context.standing else None
    return {
        "context": context,
        "contents": contents(live, context.outline, languages, lesson.key, context.gate),
        "course": live.course.text(*languages),
        "text": lesson.text(*languages),
        "lang": language_of(context.page.language),
        "finished": state is not None,
    }


def _steps(words: Words, way: Walk) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "title": words[step.scene.id]["title"],
            "chosen": words[step.scene.id]["choices"][step.choice.target],
        }
        for place, step in enumerate(way.steps)
    ]


def _others(context: LessonContext, words: Words, way: Walk) -> list[dict[str, Any]]:
    """For each scene of the way in which there was something to choose: what was chosen, by how many others."""
    asked = {step.scene.id: step for step in way.steps if len(step.scene.choices) > 1}
    here = (context.actor.id, context.live.slug, context.lesson.key)
    counts = queries.choices_of_others(db.session, *here, asked)
    found = []
    for scene, step in asked.items():
        choices = [
            {
                "text": words[scene]["choices"][target]["text"],
                "mine": target == step.choice.target,
                "count": rules.shown(counts.get((scene, target), 0)),
            }
            for target in step.scene.targets
        ]
        told = any(each["count"] for each in choices)
        found.append({"title": words[scene]["title"], "choices": choices, "told": told})
    return found


def _url(context: LessonContext, name: str) -> str:
    lesson = context.lesson
    return url_for(f"scenarios.{name}", slug=context.live.slug, module=lesson.module, lesson=lesson.slug)
