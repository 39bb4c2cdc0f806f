"""What comes in from a chat and what goes out to one, free of any platform's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from scheduling.forms import EventForm
from scheduling.speech import ENGLISH, N_

Platform = Literal["console", "telegram", "slack", "http"]
InboundKind = Literal["message", "edit", "tap", "command", "joined", "left", "migrated", "timer"]


@dataclass(frozen=True, slots=True)
class ChatAddress:
    """A chat as its platform names it. external_id: the platform's id as text. topic: a part
    of it with a conversation of its own (a forum topic, Slack's Home tab). space: what holds
    the chats of one family where the platform knows such a thing (a Slack workspace)."""

    platform: Platform
    external_id: str
    private: bool = False
    title: str = ""
    topic: str | None = None
    space: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """A platform account. locale: as the platform gives it ("en-GB"). timezone: IANA, "" where
    the platform does not tell."""

    platform: Platform
    external_id: str
    name: str
    username: str = ""
    locale: str = ""
    timezone: str = ""


LARGEST_FILE = 5_000_000
"""Bytes of a file that is fetched from its platform: a photo as a phone takes it, ten minutes of
speech. A school's calendar has a hundredth of it."""

FILE_TOO_LARGE = N_("That file is too large for me: 5 MB at most, please.")
FILE_GONE = N_("I could not get that file. Please send it again.")

FileKind = Literal["calendar", "image", "audio", "pdf", "other"]


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that came with a message, still at its platform. ref: by which it is fetched there.
    size: bytes, as the platform tells; 0 = untold. media_type: the same, "" = untold."""

    kind: FileKind
    ref: str
    name: str = ""
    size: int = 0
    media_type: str = ""


_IMAGES = frozenset(("jpg", "jpeg", "png", "webp", "gif", "heic"))
_RECORDINGS = frozenset(("ogg", "oga", "opus", "mp3", "m4a", "aac", "wav", "flac"))


def kind_of_file(name: str, media_type: str) -> FileKind:
    """By what its sender's device says of it."""
    kind, ending = media_type.casefold(), name.casefold().rpartition(".")[2]
    if kind == "text/calendar" or ending in ("ics", "ical", "ifb", "icalendar"):
        return "calendar"
    if kind == "application/pdf" or ending == "pdf":
        return "pdf"
    if kind.startswith("image/") or (not kind and ending in _IMAGES):
        return "image"
    heard = kind.startswith("audio/") or (not kind and ending in _RECORDINGS)
    return "audio" if heard else "other"


@dataclass(frozen=True, slots=True)
class Inbound:
    """Something that happened in a chat.

    key: what makes it the same thing when delivered twice: a message (chat, message id), an
        edit (and its date), a tap (callback id). Unique per platform.
    text: as written, the bot's own mention removed; for a command its whole line ("/add …").
    addressed: a mention, a command, a reply to the bot, or its private chat.
    message_ref: the platform's id of this message (for a tap: of the message tapped on).
    reply_ref: the platform's id of the bot message this replies to, or of the message that
        began the thread it was written in.
    thread_ref: the platform's id of the thread it was written in, if it was in one.
    forwarded: somebody else's words that the sender showed us; offered, never done at once.
    author: the account whose words those were, where its platform tells.
    files: what came with it. form: what was filled in instead of written.
    button: the data of the button tapped. sent_at: the platform's time of writing, aware.
    moved_to: for `migrated`, the chat's new external id. trace: what its caller calls the request
    that brought it, for logs.
    """

    kind: InboundKind
    key: str
    chat: ChatAddress
    sender: Sender | None
    sent_at: datetime
    text: str = ""
    addressed: bool = True
    message_ref: str | None = None
    reply_ref: str | None = None
    button: str | None = None
    moved_to: str | None = None
    thread_ref: str | None = None
    forwarded: bool = False
    author: str | None = None
    files: tuple[FileRef, ...] = ()
    form: EventForm | None = None
    trace: str = ""

    @property
    def answer_ref(self) -> str | None:
        """What an answer hangs on: the thread, or else the message itself. Nothing for a tap,
        whose card changes in place."""
        return None if self.kind == "tap" else self.thread_ref or self.message_ref


@dataclass(frozen=True, slots=True)
class Button:
    """label: what people read. data: at most 64 bytes (Telegram's limit), see `buttons.py`."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What a card about one event says, piece by piece. start: aware; the first day's midnight
    where all_day. when: the whole span in words. length, repeats: in words, "" for none.
    notes: what else there is to say."""

    title: str
    status: str
    start: datetime
    all_day: bool
    when: str
    length: str = ""
    repeats: str = ""
    who: str = ""
    things: str = ""
    place: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a longer message, with the buttons that belong to it."""

    heading: str
    text: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one chat, plain text throughout (a codec escapes it for its platform).

    key: the effect's identity: adding the same key twice adds nothing.
    card: messages of one card are one message on the platform, edited in place.
    anew: the card is shown again as a new message, which is edited from then on: somebody asked
        for it, and an edit far up the chat would be no answer.
    heading: shown in bold above the text. buttons: rows of buttons; () takes them away.
    reply_to: the platform's id of the message this answers.
    only_for: the account that this concerns and nobody else; a platform that can shows it to
        that one person alone.
    asker: the account whose words or tap this answers, for where nobody else can be reached.
    event: the facts of a card about one event, for a platform that can lay them out.
    sections: the same as heading, text and buttons, part by part, for one that can do that.
    secret: it carries what opens something (a calendar link); no copy is kept once it is sent.
    language: what the rest of it is in, for the words that a platform adds itself.
    """

    key: str
    chat_id: UUID
    text: str
    heading: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    card: str | None = None
    reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()
    only_for: str | None = None
    event: EventFacts | None = None
    sections: tuple[Section, ...] = ()
    secret: bool = False
    anew: bool = False
    asker: str | None = None
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a platform can tell about one chat. advice: what people there should know about being
    heard, or, alone with us, how we get into their group. unheard: why talk that is not meant
    for us does not reach us, and how it would; "" where it does."""

    advice: str = ""
    unheard: str = ""


@dataclass(frozen=True, slots=True)
class TapAnswer:
    """What a platform shows at once to the one who tapped (the toast)."""

    text: str
    alert: bool = False
