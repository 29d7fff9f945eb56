"""The measure of all things: a Flask view that does nothing."""

from flask import Flask

app = Flask("bare")


@app.get("/")
def nothing() -> str:
    """Answer a few bytes."""
    return "nothing"
