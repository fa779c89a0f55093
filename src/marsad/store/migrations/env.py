"""Alembic's entry: run the migrations on the connection that the store hands in (store/migrate.py)."""

from alembic import context

from marsad.store.schema import metadata


def run() -> None:
    """Run what was asked for on the connection given, inside its transaction."""
    context.configure(
        connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False, transaction_per_migration=False,
    )  # fmt: skip
    context.run_migrations()


run()
