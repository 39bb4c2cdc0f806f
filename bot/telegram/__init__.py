"""Telegram: python-telegram-bot at the edge, and nothing of it beyond this package."""

import os

# The library is moving from seconds to timedelta, warns on the old way, and has no other switch.
os.environ.setdefault("PTB_TIMEDELTA", "true")
