"""Application papers for the demo, made when it runs: real PDF and DOCX files.

The PDF is built from pypdf's own objects, so that the demo brings no library that nothing else
needs: text in one standard font, wrapped, page by page.
"""

from __future__ import annotations

import io
import textwrap

_WIDTH = 88
"""Letters in a line."""
_LINES = 46
"""Lines on a page."""
_TOP = 790
_STEP = 15.5
"""Where the first line stands and how far the next one is below it, in points from the foot."""


def pdf(title: str, paragraphs: tuple[str, ...]) -> bytes:
    """A PDF with a title and paragraphs, on as many A4 pages as they need."""
    from pypdf import PdfWriter

    lines = [title, ""]
    for paragraph in paragraphs:
        # An address must stay in one piece: a broken one could not be quoted.
        lines += textwrap.wrap(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)
        lines.append("")
    writer = PdfWriter()
    for start in range(0, len(lines), _LINES):
        _add_page(writer, lines[start : start + _LINES])
    writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add_page(writer: object, lines: list[str]) -> None:
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    assert isinstance(writer, PdfWriter)  # noqa: S101  # narrows the type; pypdf is imported late
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    drawn = ["BT /F1 11 Tf", f"1 0 0 1 60 {_TOP} Tm", f"{_STEP} TL"]
    drawn += [f"({_escaped(line)}) Tj T*" for line in lines]
    stream = DecodedStreamObject()
    stream.set_data("\n".join([*drawn, "ET"]).encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(stream)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def docx(title: str, paragraphs: tuple[str, ...], form: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A Word document: a title, an application form as a table, and paragraphs."""
    from docx import Document

    document = Document()
    document.add_heading(title, level=1)
    if form:
        table = document.add_table(rows=0, cols=2)
        for question, answer in form:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = question, answer
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
