"""Where a family's calendar is kept: SQLite on a laptop, PostgreSQL in the cloud.

Light on purpose: nothing is imported here, so a part that needs only one module pays for it
alone. Begin at `storage.engine.open_database`, `storage.migrate` and `storage.checkpoints`.
"""
