"""Reading applications: what people really send, and what must not hurt."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from recruitcheck import documents
from recruitcheck.documents import clean
from recruitcheck.errors import DocumentError


def pdf(*pages: str, link: str = "") -> bytes:
    """A PDF with one line of text per line, made by another library than the one reading it."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=A4)
    for page in pages:
        for row, line in enumerate(page.split("\n")):
            sheet.drawString(60, 780 - 16 * row, line)
        if link:
            sheet.linkURL(link, (60, 770, 300, 790))
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def word(*paragraphs: str) -> docx.document.Document:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    return made


def saved(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def refused(data: bytes, name: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        documents.read(data, name)
    assert caught.value.message.endswith(".")
    assert caught.value.hint
    return caught.value


def test_a_pdf_gives_its_text_and_where_each_page_begins():
    """Each page's offset points at that page's first words."""
    read = documents.read(pdf("Work history\nTeacher", "Hobbies: a maths blog"), "cv.pdf")
    assert read.kind == "pdf"
    assert "Work history" in read.text
    assert read.text[read.pages[1] :].startswith("Hobbies: a maths blog")
    assert read.unread == ()


def test_the_address_behind_a_pdf_link_is_part_of_the_application():
    """An applicant who links a word has given the address, and it can be quoted."""
    read = documents.read(pdf("My portfolio", link="https://puzzles.example/"), "cv.pdf")
    assert "<https://puzzles.example/>" in read.text


def test_a_word_form_is_read_with_its_tables_in_order():
    """Application forms are tables; their cells stand where they stand in the form."""
    made = word("Before the table")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Hobby"
    table.cell(0, 1).text = "I run a puzzle blog"
    made.add_paragraph("After the table")
    text = documents.read(saved(made), "form.docx").text
    assert text.index("Before") < text.index("Hobby") < text.index("puzzle blog")
    assert text.index("puzzle blog") < text.index("After the table")


def test_a_word_page_break_begins_a_page():
    """The offset of the second page points at its first words."""
    made = word("First page")
    made.add_page_break()
    made.add_paragraph("Second page")
    read = documents.read(saved(made), "letter.docx")
    assert len(read.pages) == 2
    assert read.text[read.pages[1] :].strip().startswith("Second page")


def test_what_word_shows_to_nobody_is_not_read():
    """Hidden runs and deleted words are not what the applicant says."""
    made = word("Seen. ")
    run = made.paragraphs[0].add_run("Hidden keywords")
    run.font.hidden = True
    deleted = OxmlElement("w:del")
    lost = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "Deleted words"
    lost.append(text)
    deleted.append(lost)
    made.paragraphs[0]._p.append(deleted)
    read = documents.read(saved(made), "cv.docx").text
    assert "Seen." in read
    assert "Hidden" not in read
    assert "Deleted" not in read


def test_text_in_boxes_and_content_controls_is_read_once():
    """CV templates keep text where python-docx's own lists do not look."""
    made = word("Top")
    paragraph = made.paragraphs[0]._p
    control = OxmlElement("w:sdt")
    content = OxmlElement("w:sdtContent")
    inner = made.add_paragraph("In a control")._p
    content.append(inner)
    control.append(content)
    paragraph.addnext(control)
    box = OxmlElement("w:txbxContent")
    box.append(made.add_paragraph("In a box")._p)
    run = OxmlElement("w:r")
    run.append(box)
    paragraph.append(run)
    text = documents.read(saved(made), "cv.docx").text
    assert text.count("In a control") == 1
    assert text.count("In a box") == 1


def test_the_address_behind_a_word_link_follows_its_words():
    """As in a PDF: the address can be quoted, beside the words that it stands behind."""
    made = word("See ")
    key = made.part.relate_to(
        "https://puzzles.example/",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "my blog"
    run.append(text)
    link.append(run)
    made.paragraphs[0]._p.append(link)
    assert "See my blog <https://puzzles.example/>" in documents.read(saved(made), "a.docx").text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Café blog".encode(), "Café blog"),
        ("\ufeffCafé blog".encode(), "Café blog"),
        ("Café blog".encode("utf-16"), "Café blog"),
        ("Café – blog".encode("cp1252"), "Café – blog"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_plain_text_is_read_in_the_usual_encodings(data, said):
    """UTF-8 with and without mark, UTF-16, Windows-1252, and every line end."""
    assert documents.read(data, "letter.txt").text == said


def test_signs_that_nobody_sees_are_taken_out_and_the_map_leads_back():
    """Offsets of the cleaned text lead to the same signs of the original."""
    raw = "\ufeffpub\u00adlic\u200bity \u202eblog\u202c"
    cleaned = clean.clean(raw)
    assert cleaned.text == "publicity blog"
    for at, sign in enumerate(cleaned.text):
        assert raw[cleaned.original(at)] == sign
        assert cleaned.cleaned(cleaned.original(at)) == at


def test_joiners_stay_where_a_script_needs_them():
    """A Persian non-joiner changes the word; between Latin letters it only hides one."""
    assert clean.clean("می\u200cخواهم").text == "می\u200cخواهم"
    assert clean.clean("bl\u200dog").text == "blog"


def test_half_a_sign_from_a_damaged_font_does_not_travel():
    """Lone surrogates could not be stored; they become the sign for the unreadable."""
    assert clean.clean("a\ud800b").text == "a\ufffdb"


def test_an_empty_file_says_so():
    """Zero bytes: sent in part."""
    assert "empty" in refused(b"", "cv.pdf").message


def test_an_encrypted_pdf_asks_for_a_copy_without_password():
    """And never for the password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("secret"))))
    writer.encrypt("closed", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    error = refused(out.getvalue(), "cv.pdf")
    assert "password" in error.message
    assert "do not ask for the password" in error.hint


def test_a_pdf_that_only_forbids_printing_is_read():
    """Many programs set an owner's password; everybody may read such a file."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Open to all"))))
    writer.encrypt("", owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert "Open to all" in documents.read(out.getvalue(), "cv.pdf").text


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_pdf_is_cut_short_not_half_read(share):
    """Half an application must not be taken for the whole."""
    whole = pdf("one", "two", "three")
    assert "cut short" in refused(whole[: int(len(whole) * share)], "cv.pdf").message


def test_a_pdf_of_200_pages_is_a_portfolio():
    """The message names both figures."""
    error = refused(pdf(*["page"] * 200), "cv.pdf")
    assert "200 pages" in error.message
    assert str(documents.MAX_PAGES) in error.message


def test_a_scanned_pdf_is_called_a_picture():
    """A page that is drawn on but gives no text cannot be quoted."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    sheet.rect(50, 50, 300, 300, fill=1)
    sheet.save()
    assert "picture" in refused(out.getvalue(), "scan.pdf").message


def test_a_scanned_page_among_others_is_named():
    """The recruiter learns that page 2 was not read."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    sheet.drawString(60, 700, "A written page")
    sheet.showPage()
    sheet.rect(50, 50, 300, 300, fill=1)
    sheet.save()
    assert documents.read(out.getvalue(), "cv.pdf").unread == (2,)


def test_a_damaged_pdf_is_an_error_not_a_crash():
    """Bytes overwritten in the middle end in one of the two plain messages, or in text."""
    whole = bytearray(pdf("one", "two"))
    for at in range(100, len(whole) - 200, 185):
        broken = bytearray(whole)
        broken[at : at + 30] = b"\x00" * 30
        try:
            documents.read(bytes(broken), "cv.pdf")
        except DocumentError as error:
            assert error.hint


def test_a_zip_bomb_called_docx_is_not_unpacked():
    """The package's own list already tells; nothing is inflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"\x00" * (80 * 2**20))
    assert len(out.getvalue()) < 200_000
    assert "unpack" in refused(out.getvalue(), "cv.docx").message


def test_a_zip_bomb_that_lies_about_its_size_ends_in_an_error():
    """A list that names ten bytes for eighty million does not get them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b" " * (80 * 2**20))
    data = out.getvalue().replace(struct.pack("<I", 80 * 2**20), struct.pack("<I", 10))
    refused(data, "cv.docx")


def with_body(change: Callable[[bytes], bytes]) -> bytes:
    """A Word file of one letter `x`, its text's part changed and packed again."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(word("x")))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == "word/document.xml" else body)
    return out.getvalue()


def test_entities_that_multiply_do_not():
    """A document part whose entities would grow to gigabytes ends in an error, or in no text."""
    grow = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)
    )

    def change(body: bytes) -> bytes:
        start = body.index(b"<w:document")
        return grow.encode() + b"]>" + body[start:].replace(b">x<", b">&m;<")

    refused(with_body(change), "cv.docx")


@pytest.mark.parametrize(
    ("name", "data", "word_said"),
    [
        ("cv.docx", b"this is not a zip", "disagree"),
        ("cv.pdf", b"PK\x03\x04" + b"0" * 50, "disagree"),
        ("cv.docx", b"PK\x03\x04" + b"0" * 50, "package"),
        ("cv.txt", pdf("text"), "disagree"),
        ("cv.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
        ("cv.rtf", b"{\\rtf1 hello}", ".rtf"),
        ("cv.pdf", b"\x89PNG\r\n\x1a\n", "picture"),
        ("cv.txt", b"<!DOCTYPE html><p>x", "web page"),
        ("cv.txt", b"\x00\x01\x02\x03", "not text"),
        ("cv.exe", b"MZ\x90\x00\x03\x00", "program"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_named_for_what_it_is(name, data, word_said):
    """Type is told by content; the name is only held against it."""
    error = refused(data, name)
    assert word_said in error.message + error.hint


def test_a_picture_only_word_document_says_there_is_no_text():
    """Nothing can be quoted from it."""
    assert "no text" in refused(saved(docx.Document()), "cv.docx").message


def test_a_document_that_fills_memory_ends_its_reader_only():
    """Eight million empty paragraphs pack into little; the child's limit stops their reader."""
    made = with_body(lambda body: body.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 8_000_000, 1))
    assert len(made) < 200_000
    refused(made, "cv.docx")


@pytest.mark.parametrize(
    ("deed", "answer"),
    [
        ("bytearray(2**31)", "far more memory"),
        ("open(sys.argv[1], 'w', buffering=1).write('kept\\n')", ""),
    ],
)
def test_the_reader_has_little_memory_and_can_write_no_file(deed, answer, tmp_path):
    """Whatever a document makes its reader do, it ends there and leaves nothing behind."""
    code = (
        "import sys\nfrom recruitcheck.documents import child\n"
        f"child._read = lambda *_: {deed}\nsys.exit(child.main('text'))"
    )
    kept = tmp_path / "kept"
    done = subprocess.run(
        [sys.executable, "-c", code, kept], input=b"x", capture_output=True, check=False
    )
    assert answer.encode() in done.stdout
    assert not kept.exists() or kept.read_bytes() == b""
    assert answer or done.returncode != 0


def test_a_file_beyond_the_size_limit_is_not_opened(monkeypatch):
    """The limit stands before anything reads the file."""
    monkeypatch.setattr(documents, "MAX_BYTES", 10)
    assert "larger" in refused(b"12345678901", "cv.txt").message
