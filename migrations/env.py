"""What Alembic does with the connection and the tables that academy.system.schema hands over."""

import sqlalchemy as sa
from alembic import context

connection: sa.Connection = context.config.attributes["connection"]
metadata: sa.MetaData = context.config.attributes["metadata"]


def render_item(kind: str, item: object, _autogen_context: object) -> str | bool:
    """Write our own column words as plain SQLAlchemy, so that migrations import nothing of ours."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator) and isinstance(item.impl, sa.DateTime):
        return "sa.DateTime(timezone=True)"
    return False


def not_ours() -> frozenset[str]:
    """Tables that SQLite keeps behind a search index: they belong to the index, not to the models."""
    if connection.dialect.name != "sqlite":
        return frozenset()
    rows = connection.exec_driver_sql("PRAGMA table_list")
    return frozenset(row.name for row in rows if row.type in {"virtual", "shadow"})


def include_object(thing: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Compare what the models describe; what migrations made by hand carries the prefix `hand_` or `search_`."""
    if not reflected or compare_to is not None:
        return True
    owner = name if kind == "table" else getattr(getattr(thing, "table", None), "name", None)
    return owner not in hidden and not str(name).startswith(("hand_", "search_"))


hidden = not_ours()
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
    include_object=include_object,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
