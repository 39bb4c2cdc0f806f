"""Alembic's home: the environment and one file for each change of the schema."""
