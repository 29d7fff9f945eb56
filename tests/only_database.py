"""A plugin for the run on PostgreSQL (`pytest -p tests.only_database`): keeps the tests that touch a database."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what would only be proved a second time."""
    touching = [item for item in items if "stage" in getattr(item, "fixturenames", ()) or _is_marked(item)]
    others = [item for item in items if item not in touching]
    config.hook.pytest_deselected(items=others)
    items[:] = touching


def _is_marked(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgres") is not None
