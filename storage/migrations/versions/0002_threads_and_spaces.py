"""What a chat's thread continues, and which workspace a chat belongs to.

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


def downgrade() -> None:
    op.drop_index("ix_chats_space", table_name="chats")
    op.drop_column("chats", "space")
    op.drop_index("ix_outbox_reply", table_name="outbox")
    op.drop_column("outbox", "reply_to")
