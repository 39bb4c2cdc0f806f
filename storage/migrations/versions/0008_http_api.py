"""The HTTP API: tokens, tasks, changes by number, webhooks.

Revision 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _written() -> list[sa.Column[object]]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _family(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["household_id"], ["households.id"], f"fk_{table}_household_id")


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "read",
                "write",
                "admin",
                name="scope",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.Text(), nullable=False),
        *_written(),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        _family("tokens"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], "fk_tokens_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_tokens_token_hash"),
    )
    op.create_index("ix_tokens_household_id", "tokens", ["household_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        *_written(),
        _family("tasks"),
        sa.PrimaryKeyConstraint("request_id", name="pk_tasks"),
    )
    op.create_index("ix_tasks_household_id", "tasks", ["household_id"], unique=False)
    op.create_table(
        "changes",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happenings", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _family("changes"),
        sa.PrimaryKeyConstraint("household_id", "version", name="pk_changes"),
    )
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        *_written(),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        _family("webhooks"),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], "fk_webhooks_chat_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
    )
    op.create_index("ix_webhooks_household_id", "webhooks", ["household_id"], unique=False)
    op.create_index(
        "ix_chats_linked",
        "chats",
        ["household_id"],
        unique=False,
        sqlite_where=sa.text("linked = 1"),
        postgresql_where=sa.text("linked"),
    )
    # By it a request's entries and questions are found without its family's others.
    op.create_index("ix_audit_thread", "audit", ["thread_id"], unique=False)
    op.create_index("ix_proposals_thread", "proposals", ["thread_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_chats_linked", "chats")
    op.drop_index("ix_proposals_thread", "proposals")
    op.drop_index("ix_audit_thread", "audit")
    for table in ("webhooks", "changes", "tasks", "tokens"):
        op.drop_table(table)
