"""`flask worker`."""

import logging.config
import os
import signal

import click
from flask.cli import ScriptInfo, pass_script_info, with_appcontext

from academy import logs
from academy.current import the_settings
from academy.jobs.machine import Machine
from academy.leash import end_with_parent


@click.command("worker")
@with_appcontext
@pass_script_info
def worker(script: ScriptInfo) -> None:
    """Post letters and do the work that waits, until stopped."""
    end_with_parent()
    logging.config.dictConfig(logs.CONFIGURATION)
    machine = Machine(script.load_app(), the_settings().instance)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: machine.stop())
    if not machine.run():
        os._exit(1)  # the interpreter would wait for what does not end; the work is taken up again later
