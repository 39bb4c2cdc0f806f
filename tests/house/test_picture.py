"""The README's picture shows what the product says today."""

from scripts.conversation_picture import FOLDER, drawn, played


async def test_the_picture_is_of_this_product() -> None:
    result = await played()

    assert result.ok, result.failures
    assert drawn(result) == (FOLDER / "conversation.svg").read_text(encoding="utf-8"), (
        "draw it again: make pictures"
    )
