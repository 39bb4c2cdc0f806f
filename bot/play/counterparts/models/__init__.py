"""Loopback OpenAI and Anthropic: the endpoints the product calls, with scripted replies.

Requests, answers and errors have the shapes of the vendors' public documentation ("Chat
Completions" and "Error codes" of OpenAI, "Messages" and "Errors" of Anthropic). Nothing streams.
"""

from bot.play.counterparts.models.models import Models
from bot.play.counterparts.models.replies import Fault, Reply

__all__ = ["Fault", "Models", "Reply"]
