"""How gunicorn serves the site (figures of docs/security.md); behind a proxy in production."""

import gc
import os

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker
from prometheus_client import multiprocess
from sqlalchemy.orm import configure_mappers

from academy import db, logs, sqlite
from academy.leash import end_with_parent

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "wsgi:create_app()"
worker_class = "academy.system.serving.SiteWorker"
workers = int(os.environ.get("WEB_WORKERS", "2")) + 1  # one does the work that waits
threads = 4
preload_app = True  # workers share the memory of the code
timeout = 30
graceful_timeout = 30
keepalive = 5
limit_request_line = 4094
limit_request_fields = 100
max_requests = 2000
max_requests_jitter = 400
umask = 0o077
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  a heartbeat must not wait for a disk
accesslog = None
logconfig_dict = logs.CONFIGURATION
forwarded_allow_ips = "127.0.0.1,::1"


def on_starting(server: Arbiter) -> None:
    """Stop when the supervisor is gone."""
    del server
    end_with_parent()


def when_ready(server: Arbiter) -> None:
    """Say so when SQLite is too old; have all tables mapped once for all workers, and then leave what is loaded alone.

    To look at it when garbage is collected would copy it.
    """
    if weakness := sqlite.warning(server.app.wsgi().extensions["academy.settings"].database_url):
        server.log.warning(weakness)
    configure_mappers()
    gc.collect()
    gc.freeze()


def worker_exit(server: Arbiter, worker: Worker) -> None:
    """Close the database and be gone: taking the loaded code apart piece by piece takes seconds on a busy machine."""
    del server
    database = worker.app.wsgi().extensions["academy.database"]
    if isinstance(database, db.Database):
        database.dispose()
    os._exit(0)


def post_fork(server: Arbiter, worker: Worker) -> None:
    """A worker opens its own connections; it must not share the master's."""
    del server
    database = worker.app.wsgi().extensions["academy.database"]
    if isinstance(database, db.Database):
        database.dispose(close=False)


def child_exit(server: Arbiter, worker: Worker) -> None:
    """Forget the gauges of a worker that is gone."""
    del server
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
