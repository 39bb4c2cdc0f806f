"""Codes that join two chats, the wrong ones tried, and which chats are joined.

Revision 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    linked: sa.Column[bool] = sa.Column(
        "linked", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("chats", linked)
    op.create_table(
        "link_codes",
        *_owned("link_codes"),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_to", sa.Uuid(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("code_hash", name="uq_link_codes_code_hash"),
    )
    op.create_table(
        "link_tries",
        *_owned("link_tries"),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
    )
    for table in ("link_codes", "link_tries"):
        for column in ("household_id", "chat_id"):
            op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def _owned(table: str) -> list[sa.schema.SchemaItem]:
    """A row's key, its family and its chat."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], f"fk_{table}_household_id"),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], f"fk_{table}_chat_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def downgrade() -> None:
    op.drop_table("link_tries")
    op.drop_table("link_codes")
    op.drop_column("chats", "linked")
