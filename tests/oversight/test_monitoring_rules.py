"""Monitoring files: right ones are read, wrong and hostile ones refused whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitcheck.errors import BadInput
from recruitcheck.rules.monitoring import MOST_BYTES, MOST_PEOPLE, NOT_ANSWERED, read

GOOD = "Reference,Sex,Ethnic group\nM-001,Female,Asian\nM-002,,White\n\nM-003,Male,Mixed\n"


def test_a_right_file_is_read() -> None:
    """Headings are taken without regard to case; an empty cell is “not answered”."""
    first, second, third = read(GOOD.encode("utf-8-sig"), known=["m-001", "M-002", "M-003"])
    assert first.reference == "M-001"
    assert dict(first.answers) == {"sex": "Female", "ethnic group": "Asian"}
    assert second.answers["sex"] == NOT_ANSWERED
    assert third.answers["ethnic group"] == "Mixed"


def test_a_question_about_birth_is_a_question() -> None:
    """What was registered at birth is asked on many forms and names nobody."""
    [only] = read(b"reference,Same gender as at birth\nM-1,Yes\n")
    assert dict(only.answers) == {"same gender as at birth": "Yes"}


def test_semicolons_and_windows_lines_are_read_too() -> None:
    """As spreadsheets in other settings write it."""
    [only] = read(b"reference;sex\r\nM-1;Female\r\n")
    assert dict(only.answers) == {"sex": "Female"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"reference,sex\n", "no people"),
        (b"name,sex\nx,y\n", "first column"),
        (b"reference\nM-1\n", "at least one question"),
        (b"reference,\nM-1,x\n", "heading"),
        (b"reference,sex,Sex\nM-1,a,b\n", "same heading"),
        (b"reference,full name\nM-1,Ann\n", "names or reaches"),
        (b"reference,e-mail\nM-1,a\n", "names or reaches"),
        (b"reference,Forenames\nM-1,a\n", "names or reaches"),
        (b"reference,Date of birth\nM-1,a\n", "names or reaches"),
        (b"reference,NI number\nM-1,a\n", "names or reaches"),
        ("reference,sex\nM-1,＝1+1\n".encode(), "formula"),
        (b"reference,sex\nM-1,|cmd\n", "formula"),
        (b"reference,sex\nM-1," + b"x" * 200_000 + b"\n", "Line 2: a cell is far too long"),
        (b"reference,sex\nM-1,a\nM-1,b\n", "Line 3: this reference stands in the file twice"),
        (b"reference,sex\nM-1,a\nm-1 ,b\n", "twice"),
        (b"reference,sex\nM-1,a,b\n", "Line 2: 3 cells"),
        (b"reference,sex\nM-1\n", "Line 2: 1 cells"),
        (b"reference,sex\n,a\n", "Line 2: the reference is missing"),
        (b"reference,sex\nM-1,=1+1\n", "Line 2, column 2: the text begins like"),
        (b"reference,sex\nM-1, @SUM(A1)\n", "formula"),
        (b"reference,sex\n+1,a\n", "Line 2, column 1"),
        (b'reference,sex\nM-1,"-2"\n', "formula"),
        (b"reference,=cmd\nM-1,a\n", "Line 1, column 2"),
        (b"reference,sex\nM-1," + b"x" * 81 + b"\n", "longer than 80"),
        (b"reference,sex\nM-1,a\xe2\x80\xaeb\n", "cannot be printed"),
        (b'reference,sex\nM-1,"open\n', "quotation marks"),
        (b"reference,sex\nM-1,\xff\n", "Line 2 is not UTF-8"),
        ("reference,sex\nM-1,a\n".encode("utf-16"), "not UTF-8"),
        (b"reference,sex\nM-1,a\0\n", "zero bytes"),
        (b"x" * (MOST_BYTES + 1), "larger than"),
        (b"reference,sex\n" + b"".join(b"M-%d,a\n" % n for n in range(MOST_PEOPLE + 1)), "50,000"),
        (b"reference," + b",".join(b"q%d" % n for n in range(13)) + b"\nM-1" + b",a" * 13, "12"),
        (b"reference,sex\n" + b"".join(b"M-%d,a%d\n" % (n, n) for n in range(41)), "different"),
    ],
)
def test_wrong_files_are_refused_with_line_and_reason(data: bytes, reason: str) -> None:
    """The first thing wrong is named by line and kind; nothing of the file is used."""
    with pytest.raises(BadInput) as caught:
        read(data)
    assert reason in caught.value.message
    assert "Nothing was imported" in caught.value.hint


def test_strangers_and_people_imported_before_are_refused() -> None:
    """A reference that nobody was given, or that was imported before, stops the import."""
    with pytest.raises(BadInput, match="Line 3: no applicant"):
        read(GOOD.encode(), known=["M-001", "M-003"])
    with pytest.raises(BadInput, match="Line 5: answers for this reference"):
        read(GOOD.encode(), taken=["M-003"])


def test_messages_never_repeat_an_answer() -> None:
    """What somebody answered stands in no message, whatever is wrong."""
    secret = "Zoroastrian"
    for data in (f"reference,q\nM-1,={secret}\n", f"reference,q\nM-1,{secret}\nM-1,{secret}\n"):
        with pytest.raises(BadInput) as caught:
            read(data.encode())
        assert secret not in caught.value.message + caught.value.hint


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Hostile bytes end in a refusal in words, never in another error."""
    for attempt in (data, b"reference,sex\n" + data):
        try:
            read(attempt)
        except BadInput:
            continue
