"""Who of gunicorn's workers does the work that waits."""

import os
import time
from pathlib import Path

from academy.system.serving import AT_LEAST, LOCK, own_mib, taken, to_stay


def test_one_has_the_lock_and_says_who_it_is(tmp_path: Path) -> None:
    first = taken(tmp_path)
    assert first is not None
    assert taken(tmp_path) is None
    assert (tmp_path / LOCK).read_text(encoding="ascii") == f"{os.getpid()}\n"
    os.close(first)


def test_when_it_is_gone_the_next_who_comes_takes_it(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("123456789\n", encoding="ascii")
    lock = taken(tmp_path)
    assert lock is not None
    assert (tmp_path / LOCK).read_text(encoding="ascii") == f"{os.getpid()}\n"
    os.close(lock)


def test_a_process_knows_how_much_memory_is_its_own() -> None:
    before = own_mib()
    more = bytearray(os.urandom(1 << 20) * 8)
    assert 7 < own_mib() - before < 20
    del more


def test_heavy_workers_do_not_follow_each_other_without_end(tmp_path: Path) -> None:
    assert to_stay(tmp_path) == 0
    lock = taken(tmp_path)
    assert lock is not None
    os.close(lock)
    assert to_stay(tmp_path) == AT_LEAST
    long_ago = time.time() - AT_LEAST - 1
    os.utime(tmp_path / LOCK, (long_ago, long_ago))
    assert to_stay(tmp_path) == 0
