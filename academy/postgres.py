"""PostgreSQL as this site needs it: statements that are asked again and again are planned once."""

from typing import Any

from sqlalchemy import BindParameter, Engine, Integer, create_engine

OPTIONS = {
    "statement_timeout": "10000",
    "jit": "off",  # to compile a page's query takes seconds, to run it milliseconds
    # To plan a page's query anew for its very parameters takes longer than to run it.
    "plan_cache_mode": "force_generic_plan",
    # Disks no longer turn: with the usual 4 a rare word among a million posts is looked for in each of them (3 s).
    "random_page_cost": "1.1",
}


def open_engine(url: str) -> Engine:
    """Connect to this database."""
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=5,
        hide_parameters=True,  # errors are logged, and parameters are people's words
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in OPTIONS.items()),
            "connect_timeout": 2,
        },
    )
    _say_limits(engine)
    return engine


def _say_limits(engine: Engine) -> None:
    """Write each LIMIT out: of one in a parameter the planner thinks that it lets a tenth of all rows pass."""
    usual: Any = engine.dialect.statement_compiler

    def limit_clause(compiler: Any, select: Any, **how: Any) -> str:  # noqa: ANN401  SQLAlchemy's own signature
        most, passed = select._limit_clause, select._offset_clause  # noqa: SLF001  as every dialect reads them
        said = "" if most is None else f" LIMIT {compiler.process(_written_out(most), **how)}"
        return said if passed is None else f"{said} OFFSET {compiler.process(passed, **how)}"

    engine.dialect.statement_compiler = type("LimitsWrittenOut", (usual,), {"limit_clause": limit_clause})


def _written_out(most: Any) -> Any:  # noqa: ANN401  a parameter, or any other expression
    if not isinstance(most, BindParameter):
        return most
    number = most.render_literal_execute()
    number.type = Integer()
    return number
