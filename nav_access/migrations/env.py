"""What alembic runs: one transaction for all steps, on the connection or address it is given."""

from alembic import context
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from nav_access.migrations.tables import METADATA


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        # SQLite cannot change a table in place; alembic copies it.
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _run() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _let_us_begin)
        event.listen(engine, "begin", _begin)
    with engine.connect() as connection:
        _migrate(connection)


def _let_us_begin(connection: object, _record: object) -> None:
    # sqlite3 would otherwise commit before each DDL statement, leaving half a migration behind.
    connection.isolation_level = None  # type: ignore[attr-defined]  # the driver's own attribute


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


_run()
