"""Pages of public places for those who are not signed in: all of them see the same ones, drawn once."""

from collections.abc import Callable, Hashable

from flask import Response

from academy.web.whole_pages import whole_page

SHELF = "forum.whole_pages"


def page_of(shown: tuple[Hashable, ...], draw: Callable[[], str]) -> Response | str:
    """The page that shows this: rows as they were read, whole. For members it is drawn anew.

    A number stands for what is shown, because rows weigh as much as their page: two versions of one page could be
    mistaken for each other once in 10 to the 19th, and nobody outside this process can tell which.
    """
    return whole_page(hash(shown), draw, shelf=SHELF)
