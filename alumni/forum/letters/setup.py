"""What the letters of the forum add to the application."""

from alumni.forum.letters import kinds, receiving, telling
from alumni.forum.topics import settling


def init_app() -> None:
    """Let posts be told to those whom they concern."""
    kinds.init_app()
    receiving.init_app()
    settling.add(telling.tell)
