"""What Alembic runs: applies the steps over the connection it was handed.

Knows no address and reads no settings: whoever migrates brings the connection.
"""

from alembic import context

from web.store.models import Record

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Record.metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
