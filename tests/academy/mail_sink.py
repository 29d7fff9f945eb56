"""A real mail server of about a page: it takes letters, or answers as it is told to."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import cast


@dataclass
class Sink:
    """What arrived, and how receivers are to be answered."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answer_to_receiver: str = "250 fine"
    answer_to_quit: str = "221 bye"
    hangs_up_at: str = "never"


class Conversation(socketserver.StreamRequestHandler):
    """One client, spoken to in SMTP."""

    def handle(self) -> None:
        """Greet, then answer line by line."""
        self.say("220 sink")
        while line := self.rfile.readline():
            if not self.answer(line.decode().strip()):
                return

    def answer(self, line: str) -> bool:
        """Answer one command; False ends the conversation."""
        sink = cast("SinkServer", self.server).sink
        verb = line.upper()
        if verb.startswith(sink.hangs_up_at.upper()):
            return False
        if verb.startswith("RCPT"):
            self.say(sink.answer_to_receiver)
        elif verb == "DATA":
            self.say("354 go on")
            sink.letters.append(message_from_bytes(self.data(), policy=default))
            self.say("250 taken")
        else:
            self.say(sink.answer_to_quit if verb == "QUIT" else "250 fine")
        return verb != "QUIT"

    def data(self) -> bytes:
        """The letter up to its lone dot."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def say(self, words: str) -> None:
        """Send one line."""
        self.wfile.write(f"{words}\r\n".encode())


class SinkServer(socketserver.ThreadingTCPServer):
    """The listening side."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, sink: Sink) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.sink = sink
        sink.port = self.server_address[1]


@contextmanager
def mail_sink() -> Iterator[Sink]:
    """A mail server on a free port for the length of the block."""
    sink = Sink()
    with SinkServer(sink) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join()
