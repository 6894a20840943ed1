"""What alembic runs: all steps in one transaction, on the database it is given the address of."""

from alembic import context
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from nav_access.migrations.tables import METADATA


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        # SQLite can too, once the driver leaves the transaction to us.
        transactional_ddl=True,
        **context.config.attributes.get("drafting", {}),
    )
    with context.begin_transaction():
        context.run_migrations()


def _run() -> None:
    engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _let_us_begin)
        event.listen(engine, "begin", _begin)
    with engine.connect() as connection:
        _migrate(connection)


def _let_us_begin(connection: object, _record: object) -> None:
    # The driver would commit before each change of schema, and leave half a migration behind.
    connection.isolation_level = None  # type: ignore[attr-defined]  # sqlite3's own attribute


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


_run()
