"""What the letters of the forum add to the application."""

from academy.current import the_settings
from academy.later import later
from academy.mail import receiving
from alumni.forum.letters import kinds, telling
from alumni.forum.topics import settling


def init_app() -> None:
    """Let posts be told to those whom they concern."""
    kinds.init_app()
    take_answers()
    settling.add(telling.tell)


def take_answers() -> None:
    """Take answers by e-mail, where the settings say at which address."""
    if the_settings().reply_address:
        receiving.add(later("alumni.forum.letters.receiving:receive"))
