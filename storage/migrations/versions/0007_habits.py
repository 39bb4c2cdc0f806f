"""What events of one title are always like, and a key by which those of a title are found.

Revision 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_events = sa.table("events", sa.column("title", sa.Text), sa.column("title_key", sa.Text))


def upgrade() -> None:
    op.create_table(
        "habits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("resources", sa.Text(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], "fk_habits_household_id"),
        sa.PrimaryKeyConstraint("id", name="pk_habits"),
    )
    op.create_index("ix_habits_title", "habits", ["household_id", "title"], unique=False)
    op.add_column("events", sa.Column("title_key", sa.Text(), server_default="", nullable=False))
    # Titles with more to them than case and spaces are remembered from their next event on.
    plain = sa.func.lower(sa.func.trim(_events.c.title))
    op.execute(sa.update(_events).values(title_key=plain))
    op.create_index(
        "ix_events_title", "events", ["household_id", "title_key", "start"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_events_title", "events")
    op.drop_column("events", "title_key")
    op.drop_table("habits")
