"""Thumbs for ways out of a clash, and indexes for figures over all families.

Revision 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_conflicts_created": ("conflicts", "created_at"),
    "ix_conflicts_updated": ("conflicts", "updated_at"),
    "ix_events_created": ("events", "created_at"),
    "ix_inbox_received": ("inbox", "received_at"),
    "ix_usage_day": ("usage", "asked_at"),
}


def upgrade() -> None:
    op.create_table(
        "ratings",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "thumb",
            sa.Enum(
                "up", "down", name="thumb", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], "fk_ratings_household_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], "fk_ratings_proposal_id"),
        sa.PrimaryKeyConstraint("proposal_id", "member_id", name="pk_ratings"),
    )
    op.create_index("ix_ratings_household_id", "ratings", ["household_id"], unique=False)
    op.create_index("ix_ratings_at", "ratings", ["at"], unique=False)
    failed = sa.text("state = 'failed'")
    op.create_index(
        "ix_inbox_failed", "inbox", ["finished_at"], sqlite_where=failed, postgresql_where=failed
    )
    for name, (table, column) in _INDEXES.items():
        op.create_index(name, table, [column], unique=False)


def downgrade() -> None:
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
    op.drop_index("ix_inbox_failed", "inbox")
    op.drop_table("ratings")
