"""What was heard, beside what was read, and where an event came from.

Revision 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("usage", sa.Column("text", sa.Text(), nullable=True))
    op.add_column("events", sa.Column("source", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("events", "source")
    op.drop_column("usage", "text")
