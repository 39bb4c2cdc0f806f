"""The text of a PDF, bounded, and trusting nothing in it."""

from __future__ import annotations

from io import BytesIO

from scheduling.errors import NotUnderstood
from scheduling.speech import N_, tr

MOST_PAGES = 10
MOST_CHARACTERS = 20_000

BROKEN = N_("I can't open that PDF. Please send it again, or write what is in it.")


def read_document(content: bytes) -> str:
    """The words of its first pages; "" where they are pictures. Raises NotUnderstood."""
    # Loaded with the first PDF: most processes never see one, and all would carry it.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    pages: list[str] = []
    try:
        reader = PdfReader(BytesIO(content))
        for page in reader.pages[:MOST_PAGES]:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > MOST_CHARACTERS:
                break
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError):
        # Anything can be called a PDF, and the reader fails in as many ways.
        raise NotUnderstood(tr(BROKEN)) from None
    except (RecursionError, MemoryError, OverflowError, AssertionError):
        raise NotUnderstood(tr(BROKEN)) from None
    return "\n".join(pages)[:MOST_CHARACTERS]
