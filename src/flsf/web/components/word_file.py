"""A document to go on writing in a word processor, with headings that a screen reader finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.http import HttpResponse
from docx import Document
from docx.oxml.ns import qn

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "en-GB"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, then paragraphs, then a list of points."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


def as_docx(
    *, name: str, title: str, author: str, made_at: datetime, sections: Iterable[Section]
) -> HttpResponse:
    """The document as a download called `name`.docx. The same content makes the same document."""
    document = Document()
    about = document.core_properties
    about.title, about.author, about.language = title, author, LANGUAGE
    about.created = about.modified = made_at
    about.comments = ""
    usual = document.styles["Normal"].element.get_or_add_rPr()
    spoken = usual.makeelement(qn("w:lang"), {qn("w:val"): LANGUAGE})
    usual.append(spoken)
    document.add_heading(title, level=0)
    for section in sections:
        document.add_heading(section.heading, level=1)
        for words in section.paragraphs:
            document.add_paragraph(words)
        for words in section.points:
            document.add_paragraph(words, style="List Bullet")
    made = BytesIO()
    document.save(made)
    response = HttpResponse(made.getvalue(), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response
