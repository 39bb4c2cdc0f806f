"""What a chat's thread continues, which workspace a chat belongs to, who installed the app.

Revision 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("reply_to", sa.Text(), nullable=True))
    op.create_index("ix_outbox_reply", "outbox", ["chat_id", "reply_to"], unique=False)
    op.add_column("chats", sa.Column("space", sa.Text(), nullable=True))
    op.create_index("ix_chats_space", "chats", ["platform", "space"], unique=False)
    op.create_table(
        "installations",
        sa.Column(
            "platform",
            sa.Enum(
                "console",
                "telegram",
                "slack",
                "http",
                name="platform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "space", name="pk_installations"),
    )


def downgrade() -> None:
    op.drop_table("installations")
    op.drop_index("ix_chats_space", table_name="chats")
    op.drop_column("chats", "space")
    op.drop_index("ix_outbox_reply", table_name="outbox")
    op.drop_column("outbox", "reply_to")
