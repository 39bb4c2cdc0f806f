"""What only the whole product can show: the adapter, the database and the sender together."""

from __future__ import annotations

from datetime import timedelta

from scheduling.messages import ChatAddress
from tests.bot.telegram.conftest import MORNING, Product


async def test_a_supergroup_counts_its_messages_anew(product: Product) -> None:
    """Nothing said in it is taken for what bore the same number in the old group."""
    telegram = product.telegram
    group, anna, _ = await product.family()
    asked = await product.say(group, anna, "dentist for me Friday 3pm")
    card = await product.clash(group, anna)
    assert "does not fit" in card.text
    new = telegram.migrate(group, anna)
    await product.settle()

    while (namesake := telegram.say(new, anna, "chatting among ourselves")).id < asked.id:
        pass
    telegram.edit(namesake, "@family_bot yoga Sunday 9am")
    await product.settle()
    assert "dentist" not in telegram.from_bot(new)[-1].text, "the edit was of another message"
    while telegram.say(new, anna, "chatting among ourselves").id < card.id - 2:
        pass
    await product.say(new, anna, "what's on Friday?")
    today = next(m for m in telegram.from_bot(new) if m.id == card.id)
    before = today.text
    await product.say(new, anna, "reject")
    assert (today.text, today.history) == (before, []), "another message had the card's number"
    decided = telegram.from_bot(new)[-1]
    assert "rejected it" in decided.text
    assert decided.reply_to is None or decided.reply_to.id > card.id


async def test_a_digest_is_told_in_the_group_and_not_in_each_of_its_topics(
    product: Product,
) -> None:
    telegram = product.telegram
    group, anna, _ = await product.family(supergroup=True)
    for name in ("School", "Sports"):
        await product.say(group, anna, "what's on today?", telegram.topic(group, name))
    telegram.say(group, anna, "/settings@family_bot digest 7:00")
    await product.settle()
    told = len(telegram.from_bot(group))
    product.clock.set(MORNING + timedelta(hours=21))
    await product.settle()
    assert [m.topic for m in telegram.from_bot(group)[told:]] == [None]


async def test_a_group_goes_and_comes_back_with_its_topics(product: Product) -> None:
    telegram = product.telegram
    group, anna, _ = await product.family(supergroup=True)
    topic = telegram.topic(group, "School")
    await product.say(group, anna, "what's on today?", topic)

    async def states() -> set[str]:
        async with product.service.database.reader() as uow:
            addresses = [
                ChatAddress("telegram", str(group.id), topic=t) for t in (None, str(topic))
            ]
            found = [await uow.chats.find(address) for address in addresses]
        return {chat.state for chat in found if chat}

    telegram.kick_bot(group, anna)
    await product.settle()
    assert await states() == {"gone"}
    telegram.add_bot(group, anna)
    await product.settle()
    assert await states() == {"active"}
