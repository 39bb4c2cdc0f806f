"""Threads, silence, and what only one person is told."""

from __future__ import annotations

from datetime import timedelta

from bot.play.counterparts.slack import ApiError
from tests.bot.slack.workspace import Workspace


async def test_a_request_is_a_thread(home: Workspace) -> None:
    seen = len(home.slack.messages(home.kitchen))
    asked = await home.say(home.anna, "swim Thursday")
    question = home.last.message
    assert question.thread_ts == asked.ts
    await home.say(home.anna, "5pm", thread=asked)
    assert await home.calendar() == ["Thu 05 17:00 – Thu 05 18:00 swim (Anna)"]
    answers = [m for m in home.slack.from_bot(home.kitchen) if m.thread_ts == asked.ts]
    assert answers
    flat = [m for m in home.slack.messages(home.kitchen)[seen:] if not m.is_reply]
    assert flat == [asked]


async def test_what_people_say_to_each_other_is_left_alone(home: Workspace) -> None:
    seen = len(home.slack.activity)
    talk = await home.say(home.anna, "soccer Saturday 2pm?", mention=False)
    await home.say(home.ben, "soccer Sunday 3pm!", thread=talk)
    assert len(home.slack.activity) == seen
    assert await home.calendar() == []


async def test_a_direct_message_is_answered_flat(home: Workspace) -> None:
    place = home.slack.direct(home.anna)
    await home.say(home.anna, "swim Thursday 5pm", place)
    answer = home.slack.from_bot(place)[-1]
    assert (home.last.what, answer.thread_ts) == ("new", "")
    await home.say(home.anna, "make it 6pm", place, thread=answer)
    assert await home.calendar() == ["Thu 05 18:00 – Thu 05 19:00 swim (Anna)"]


async def test_help_and_errors_are_for_the_one_who_asked(home: Workspace) -> None:
    for words in ("help", "add nonsense without any time", "settings zone Nowhere/Land"):
        await home.command(home.ben, words)
        assert (home.last.what, home.last.user) == ("ephemeral", home.ben)
    assert "/family week" in home.shown("ephemeral")[0], "commands as they are typed here"
    await home.command(home.ben, "week")
    assert (home.last.what, home.last.user) == ("new", None)


async def test_a_sentence_after_the_command(home: Workspace) -> None:
    await home.command(home.ben, "soccer Saturday 2pm")
    assert await home.calendar() == ["Sat 07 14:00 – Sat 07 15:00 soccer (Ben)"]
    assert home.last.what == "new"


async def test_a_refused_tap_is_said_to_the_one_who_tapped(home: Workspace) -> None:
    await home.say(home.anna, "soccer Saturday 2pm with the car")
    await home.say(home.ben, "library Saturday 2pm with the car")
    card, buttons = home.last.message, home.last.buttons
    approve = next(b for b in buttons if b.label == "Approve 1")
    eve = home.slack.user("Eve")
    home.kitchen.members.append(eve)
    await home.tap(eve, card, approve)
    assert (home.last.what, home.last.user, home.last.via) == ("ephemeral", eve, "response_url")
    assert "does not fit" in home.slack.from_bot(home.kitchen)[-1].blocks[0]["text"]["text"]
    await home.tap(home.anna, card, approve)
    assert home.last.what == "edit"
    assert "Anna approved 1" in home.last.text
    await home.tap(home.ben, card, approve)
    assert (home.last.what, home.last.user, home.last.via) == (
        "ephemeral",
        home.ben,
        "response_url",
    )
    assert len(await home.calendar()) == 2


async def test_a_channel_we_are_not_in_is_answered_where_the_command_was_typed(
    home: Workspace,
) -> None:
    garden = home.slack.channel("garden", [home.anna, home.ben], bot=False)
    await home.command(home.anna, "week", garden)
    assert (home.last.what, home.last.user, home.last.via) == (
        "ephemeral",
        home.anna,
        "response_url",
    )
    assert "/invite" in home.last.text
    await home.command(home.anna, "swim Thursday 5pm", garden)
    assert "swim" in home.last.text
    assert (await home.chats())[f"T000000001:{garden.id}"] == "active"


async def test_the_message_shortcut_offers(home: Workspace) -> None:
    talk = await home.say(home.ben, "dentist Monday 3pm", mention=False)
    home.slack.shortcut(home.anna, talk, "add_to_calendar")
    await home.settled()
    assert await home.calendar() == []
    assert home.last.message.thread_ts == talk.ts
    await home.tap(home.anna, home.last.message, home.last.buttons[0])
    assert await home.calendar() == ["Mon 09 15:00 – Mon 09 16:00 dentist (Ben)"]


async def test_an_edited_request(home: Workspace) -> None:
    asked = await home.say(home.anna, "swim Thursday 5pm")
    home.slack.edit(asked, f"<@{asked.channel.team.bot.id}> swim Thursday 6pm")
    await home.settled()
    assert home.last.message.thread_ts == asked.ts
    await home.tap(home.anna, home.last.message, "Change it")
    assert await home.calendar() == ["Thu 05 18:00 – Thu 05 19:00 swim (Anna)"]
    seen = len(home.slack.activity)
    for told in home.slack.events("message"):
        home.slack.redeliver(told)
    await home.settled()
    assert len(home.slack.activity) == seen


async def test_all_data_as_files(home: Workspace) -> None:
    await home.say(home.anna, "swim Thursday 5pm")
    await home.say(home.anna, "/export", home.slack.direct(home.anna))
    await home.command(home.anna, "export", home.slack.direct(home.anna))
    files = [f.name for a in home.slack.activity if a.what == "file" for f in a.message.files]
    assert any(name.endswith(".ics") for name in files)


async def test_a_card_that_was_deleted_is_shown_anew(home: Workspace) -> None:
    await home.say(home.anna, "swim Thursday 5pm")
    card = home.last.message
    undo = next(b for b in home.last.buttons if b.label == "Undo")
    home.slack.delete(card)
    await home.tap(home.anna, card, undo)
    assert await home.calendar() == []
    assert home.last.what == "new"


async def test_put_out_and_let_in_again(home: Workspace) -> None:
    place = f"T000000001:{home.kitchen.id}"
    home.slack.kick(home.kitchen, home.anna)
    await home.settled()
    assert (await home.chats())[place] == "gone"
    home.slack.invite(home.kitchen, home.anna)
    await home.settled()
    assert (await home.chats())[place] == "active"
    home.slack.archive(home.kitchen, home.anna)
    await home.settled()
    assert (await home.chats())[place] == "gone"
    home.slack.unarchive(home.kitchen, home.anna)
    await home.settled()
    assert (await home.chats())[place] == "active"
    home.slack.delete_channel(home.kitchen, home.anna)
    await home.settled()
    assert (await home.chats())[place] == "gone"


async def test_news_that_finds_us_put_out(home: Workspace) -> None:
    """The event of our going never came: the first message that fails says so."""
    await home.say(home.anna, "swim Thursday 5pm")
    for error in ("is_archived", "account_inactive", "token_revoked"):
        home.slack.fail_next("chat.postMessage", ApiError(error))
        await home.command(home.anna, "week")
        assert (await home.chats())[f"T000000001:{home.kitchen.id}"] == "gone"
        seen = len(home.slack.activity)
        home.clock.set(home.clock.now() + timedelta(hours=1))
        await home.settled()
        assert len(home.slack.activity) == seen
        await home.say(home.anna, "hello")
        assert (await home.chats())[f"T000000001:{home.kitchen.id}"] == "active"


async def test_a_lent_address_tells_only_what_answers_its_owner(home: Workspace) -> None:
    garden = home.slack.channel("garden", [home.anna, home.ben], bot=False)
    await home.command(home.anna, "swim today 11:20am", garden)
    await home.command(home.ben, "week", garden)
    home.clock.set(home.clock.now() + timedelta(minutes=20))
    before = len(home.slack.activity)
    await home.settled()
    told = [(a.user, a.text) for a in home.slack.activity[before:] if a.via == "response_url"]
    assert told == [], "a reminder is no answer to Ben, who only asked for the week"
