"""Files made by anybody: small, without where they were taken, and never a traceback."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pdf import MOST_CHARACTERS, read_document
from bot.pictures import LONGEST_SIDE, shrink
from scheduling.errors import LimitExceeded, NotUnderstood

FILES = Path(__file__).parents[1] / "scenarios" / "files"
GPS = 0x8825


def picture(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    made = BytesIO()
    Image.new(mode, size, 0).save(made, kind, **more)
    return made.getvalue()


def test_a_photo_leaves_small_and_without_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (52.0, 31.0, 0.0)}
    shown = shrink(picture((3000, 1500), exif=exif))
    assert (shown.media_type, shown.name) == ("image/jpeg", "photo.jpg")
    with Image.open(BytesIO(shown.content)) as small:
        assert max(small.size) == LONGEST_SIDE
        assert not small.getexif()


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "1"), ("GIF", "P"), ("WEBP", "RGB")]
)
def test_every_common_picture_becomes_a_jpeg(kind: str, mode: str) -> None:
    assert shrink(picture((20, 10), kind, mode)).content[:2] == b"\xff\xd8"


def test_a_picture_that_claims_to_be_a_wall_is_not_unfolded() -> None:
    with pytest.raises(LimitExceeded):
        shrink(picture((12_000, 6_000), "PNG", "1"))


@pytest.mark.parametrize("read", [shrink, read_document])
@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300), cut=st.integers(1, 700), whole=st.booleans())
def test_broken_files_are_a_kind_sentence(
    read: object, content: bytes, cut: int, whole: bool
) -> None:
    made = (FILES / "dates.pdf").read_bytes() if read is read_document else picture((40, 40))
    broken = content if whole else made[:cut] + content
    with suppress(NotUnderstood, LimitExceeded):
        read(broken)  # type: ignore[operator]


def test_the_words_of_a_document() -> None:
    found = read_document((FILES / "dates.pdf").read_bytes())
    assert "Thursday March 12, 9am - 2pm: Field trip to the zoo" in found.splitlines()
    assert read_document((FILES / "scan.pdf").read_bytes()) == ""
    assert len(found) <= MOST_CHARACTERS
