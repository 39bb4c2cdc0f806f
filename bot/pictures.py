"""A photo made small before it leaves the house: fewer tokens, and not where it was taken."""

from __future__ import annotations

from io import BytesIO

from agents.models.port import Shown
from scheduling.errors import LimitExceeded, NotUnderstood
from scheduling.speech import N_, tr

LONGEST_SIDE = 1600
"""Pixels. Small print on a page's photo is still read."""
MOST_PIXELS = 60_000_000
"""More is no phone's photo; a picture of few bytes can claim to be as large as a wall."""

BROKEN = N_("I can't open that picture. Please send it as a photo (JPEG or PNG).")
TOO_MANY_PIXELS = N_("That picture is too large for me. Please send it as an ordinary photo.")


def shrink(content: bytes) -> Shown:
    """A JPEG without EXIF. It computes, so on a thread of its own. Raises NotUnderstood or
    LimitExceeded."""
    # Loaded with the first photo: most processes never see one, and all would carry it.
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise LimitExceeded(tr(TOO_MANY_PIXELS))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            small = BytesIO()
            upright.save(small, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise NotUnderstood(tr(BROKEN)) from None
    return Shown(small.getvalue(), "image/jpeg", "photo.jpg")
