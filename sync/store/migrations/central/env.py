"""Runs the revisions of this tree, then the SQL files, in the transaction of the caller."""

from alembic import context

from sync.store.migrations.central.sql import execute_all

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True)
context.run_migrations()
execute_all(connection)
