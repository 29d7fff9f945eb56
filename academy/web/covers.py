"""Covers of courses: woven from a number, once."""

from functools import lru_cache

from flask import Flask, get_template_attribute
from markupsafe import Markup


@lru_cache(maxsize=512)
def kept_cover(seed: int, large: bool = False) -> Markup:
    """The cover for this number, drawn by the macro `woven`."""
    draw = get_template_attribute("macros/course.html", "woven")
    return Markup(draw(seed, large))  # noqa: S704  the macro's own drawing


def init_app(app: Flask) -> None:
    """Let the macro find what is kept."""
    app.jinja_env.globals["kept_cover"] = kept_cover
