"""An in-memory Slack that speaks the Web API, the Events API, interactivity and Socket Mode over
loopback HTTP and WebSockets, for scripts and tests.

`Slack` is both the server and the hands of the people in it. It follows docs.slack.dev: method
names, arguments, answers and errors of the Web API; Block Kit's limits, refused with a pointer to
the place; events with their envelopes, three further tries and their headers; signatures; trigger
ids good for one view and 3 seconds; response URLs good for 5 uses and 30 minutes; modals in stacks
of three whose submission can be answered with errors, update, push or clear.

What Slack leaves open is decided strictly: a property a block does not have is refused, and so is
more text in a message's blocks than its maintainers say it takes. Commands and interactions wait
for a socket where none is open; sent and not acknowledged, they fail for the person, as Slack has
it, and are not sent again.
"""

from bot.play.counterparts.slack.activity import Activity
from bot.play.counterparts.slack.app import BOT_SCOPES, Settings
from bot.play.counterparts.slack.deliveries import Delivery
from bot.play.counterparts.slack.errors import ApiError, ratelimited, server_error
from bot.play.counterparts.slack.model import Button, Channel, File, Message, Team, User, View
from bot.play.counterparts.slack.slack import Slack

__all__ = [
    "BOT_SCOPES",
    "Activity",
    "ApiError",
    "Button",
    "Channel",
    "Delivery",
    "File",
    "Message",
    "Settings",
    "Slack",
    "Team",
    "User",
    "View",
    "ratelimited",
    "server_error",
]
