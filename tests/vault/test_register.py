"""The register as the rest of the house uses it, in a folder and in a database."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from tinydb import where

from recruitcheck.errors import (
    BadInput,
    IntegrityError,
    KeyringError,
    NotFound,
    NotPermitted,
    RegisterError,
    Sealed,
)
from recruitcheck.records import Draft
from recruitcheck.vault.register import Register, create, open_register, people
from recruitcheck.vault.verify import verify

from .conftest import PASS, Office

CASE = "A-7F3K"
ALL = ("staff", "case", "lookup:G-1", "hr", "equality", "mine")


def _can(office: Office, name: str, seq: int) -> set[str]:
    opened = set()
    with office.open(name) as register:
        entry = register.entry(seq)
        for compartment in entry.boxes:
            try:
                assert register.read(entry, compartment) == compartment.encode()
                opened.add(compartment)
            except Sealed:
                continue
    return opened


def test_what_is_entered_reads_back_for_its_author(anywhere: Office) -> None:
    """An entry keeps type, subject, references, facts and texts, and tells when and by whom."""
    with anywhere.open("Sam") as sam:
        draft = Draft(
            type="document-added",
            subject="D-1",
            case=CASE,
            refs=("A-7F3K",),
            facts={"kind": "cv", "pages": 2},
            boxes={"case": "Grüße, ünïcode".encode()},
        )
        (made,) = sam.append([draft])
        again = sam.entry(made.id)
        assert again == made == sam.entry(made.seq)
        assert (again.type, again.subject, again.refs) == ("document-added", "D-1", ("A-7F3K",))
        assert again.facts == {"kind": "cv", "pages": 2}
        assert sam.me is not None and again.author == sam.me.id
        assert again.at.utcoffset() is not None
        assert sam.read(again, "case").decode() == "Grüße, ünïcode"


def test_each_compartment_opens_for_its_readers_only(anywhere: Office) -> None:
    """A recruiter reads the own case, hr more, equality only what is theirs."""
    with anywhere.open("Sam") as sam:
        boxes = {name: name.encode() for name in ALL}
        (made,) = sam.append([Draft(type="note", case=CASE, boxes=boxes)])
    assert _can(anywhere, "Sam", made.seq) == {"staff", "case", "lookup:G-1", "mine"}
    assert _can(anywhere, "Ann", made.seq) == {"staff", "case", "lookup:G-1", "hr"}
    assert _can(anywhere, "Eva", made.seq) == {"staff", "equality"}


def test_writing_into_a_case_does_not_make_one_its_reader(anywhere: Office) -> None:
    """The reviewer's answer reaches the recruiter; the reviewer stays blind to the case."""
    with anywhere.open("Sam") as sam, anywhere.open("Eva") as eva:
        (first,) = sam.append([Draft(type="applicant-added", case=CASE, boxes={"case": b"one"})])
        (answer,) = eva.append([Draft(type="referral-decided", case=CASE, boxes={"case": b"no"})])
        (later,) = sam.append([Draft(type="claim-marked", case=CASE, boxes={"case": b"two"})])
        assert sam.read(answer, "case") == b"no"
        assert eva.read(answer, "case") == b"no"
        for entry in (first, later):
            with pytest.raises(Sealed):
                eva.read(entry, "case")


def test_a_case_handed_over_opens_what_was_and_what_will_be(anywhere: Office) -> None:
    """Sharing a room lets the other person read old and new texts, and nothing of other rooms."""
    with anywhere.open("Ann") as ann, anywhere.open("Sam") as sam:
        (old,) = ann.append([Draft(type="note", case=CASE, boxes={"case": b"old", "hr": b"x"})])
        (other,) = ann.append([Draft(type="note", case="A-2", boxes={"case": b"other"})])
        with pytest.raises(Sealed):
            sam.read(old, "case")
        ann.share(CASE, "case", anywhere.ids["Sam Roe"])
        ann.share(CASE, "case", anywhere.ids["Sam Roe"])  # once more does no harm
        (new,) = ann.append([Draft(type="note", case=CASE, boxes={"case": b"new"})])
        assert sam.read(old, "case") == b"old"
        assert sam.read(new, "case") == b"new"
        (back,) = sam.append([Draft(type="note", case=CASE, boxes={"case": b"back"})])
        assert ann.read(back, "case") == b"back"
        for entry, compartment in ((other, "case"), (old, "hr")):
            with pytest.raises(Sealed):
                sam.read(entry, compartment)


def test_a_stranger_to_a_case_cannot_hand_it_on(anywhere: Office) -> None:
    """Nobody hands over what is not theirs."""
    with anywhere.open("Ann") as ann, anywhere.open("Eva") as eva:
        ann.append([Draft(type="note", case=CASE, boxes={"case": b"x"})])
        with pytest.raises(Sealed):
            eva.share(CASE, "case", anywhere.ids["Sam Roe"])
        with pytest.raises(NotFound):
            ann.share(CASE, "case", "P-0000")
        with pytest.raises(Sealed):
            ann.share(CASE, "hr", anywhere.ids["Sam Roe"])


def test_a_batch_is_entered_whole_or_not_at_all(anywhere: Office) -> None:
    """One bad draft among good ones leaves nothing behind."""
    with anywhere.open() as ann:
        before = ann.size
        with pytest.raises(BadInput):
            ann.append([Draft(type="note"), Draft(type="note", facts={"who": "Jane Doe"})])
        assert ann.size == before
        made = ann.append([Draft(type="note", subject=f"N-{n}") for n in range(20)])
        assert [entry.seq for entry in made] == list(range(before, before + 20))
        assert ann.append([]) == ()


def test_what_may_be_done_once_is_done_once_by_many_windows(anywhere: Office) -> None:
    """Three windows look and then enter in the same instant; one of them finds nothing there."""
    ready = Barrier(3)

    def once(window: Register) -> bool:
        def act() -> bool:
            if any(window.entries(subject="R-1", type="note")):
                return False
            window.append([Draft(type="note", subject="R-1")])
            return True

        ready.wait(10)
        return window.alone(act)

    with anywhere.open("Eva") as one, anywhere.open("Eva") as two, anywhere.open("Eva") as three:
        with ThreadPoolExecutor(3) as threads:
            assert sorted(threads.map(once, (one, two, three))) == [False, False, True]
        assert len(list(one.entries(subject="R-1"))) == 1
    assert verify(anywhere.where).ok


@pytest.mark.parametrize(
    "draft",
    [
        Draft(type="note", facts={"name": "Jane Doe"}),
        Draft(type="note", facts={"name": "Zoë"}),
        Draft(type="note", facts={"handle": "@jane"}),
        Draft(type="note", facts={"url": "https://example.org/x"}),
        Draft(type="note", facts={"long": "x" * 200}),
        Draft(type="note", facts={"much": 2**60}),
        Draft(type="note", facts={"rate": 0.5}),  # type: ignore[dict-item]
        Draft(type="note", facts={"a b": 1}),
        Draft(type="note", subject="Jane Doe"),
        Draft(type="note", case="jane doe"),
        Draft(type="note", refs=("a b",)),
        Draft(type="a note"),
        Draft(type=""),
        Draft(type="note", boxes={"public": b""}),
        Draft(type="note", refs=("G-1234567",) * 8000),
    ],
)
def test_nothing_personal_or_unwieldy_fits_where_everybody_reads(
    office: Office, draft: Draft
) -> None:
    """Readable parts of an entry take ids, tokens and whole numbers; words are refused."""
    with office.open() as ann:
        with pytest.raises(BadInput) as caught:
            ann.append([draft])
        assert "Jane" not in str(caught.value)


def test_entries_are_found_by_any_mixture_of_marks(anywhere: Office) -> None:
    """Case, type, subject, author and place narrow the list; it comes in order, or backwards."""
    with anywhere.open("Ann") as ann, anywhere.open("Sam") as sam:
        for number in range(6):
            who = ann if number % 2 else sam
            case = "A-1" if number < 3 else "A-2"
            who.append([Draft(type=f"kind-{number % 3}", subject=f"X-{number}", case=case)])
        start = ann.size - 6
        assert [e.seq - start for e in ann.entries(case="A-1")] == [0, 1, 2]
        assert [e.seq - start for e in ann.entries(case="A-2", reverse=True)] == [5, 4, 3]
        assert [e.seq - start for e in ann.entries(type="kind-0")] == [0, 3]
        assert [e.seq - start for e in ann.entries(type="kind-1", case="A-2")] == [4]
        assert [e.subject for e in ann.entries(subject="X-5")] == ["X-5"]
        mine = ann.entries(author=anywhere.ids["Sam Roe"], after_seq=start)
        assert [e.seq - start for e in mine] == [2, 4]
        assert [e.seq for e in ann.entries(after_seq=ann.size - 3)] == [ann.size - 2, ann.size - 1]
        assert [e.seq for e in ann.entries(reverse=True)] == list(range(ann.size))[::-1]
        assert list(ann.entries(case="A-9")) == []
        with pytest.raises(NotFound):
            ann.entry("no such id")
        with pytest.raises(NotFound):
            ann.entry(ann.size)


def test_the_ledger_answers_ordinary_tinydb_queries(anywhere: Office) -> None:
    """Search, get, count and insert of TinyDB work on entries; update and remove are refused."""
    with anywhere.open() as ann:
        place = ann.ledger.insert({"type": "note", "case": "A-1", "facts": {"n": 3}})
        ann.ledger.insert({"type": "note", "case": "A-2", "facts": {"n": 4}})
        assert len(ann.ledger) == ann.size
        found = ann.ledger.search((where("case") == "A-1") & (where("type") == "note"))
        assert [d.doc_id for d in found] == [place]
        assert ann.ledger.get(doc_id=place)["facts"] == {"n": 3}
        assert ann.ledger.count(where("facts")["n"] == 4) == 1
        assert ann.ledger.contains(where("type") == "register-created")
        for forbidden in (
            lambda: ann.ledger.update({"type": "x"}, where("case") == "A-1"),
            lambda: ann.ledger.remove(where("case") == "A-1"),
            lambda: ann.ledger.truncate(),
        ):
            with pytest.raises(NotPermitted):
                forbidden()


def test_tables_keep_mutable_things_over_sessions(anywhere: Office) -> None:
    """A table is an ordinary TinyDB table, and what was put there is there next time."""
    with anywhere.open("Sam") as sam:
        table = sam.table("drafts")
        table.insert({"case": CASE, "text": sam.seal_mine(b"half a thought")})
        table.insert({"case": "A-2", "n": 1})
        table.update({"n": 2}, where("case") == "A-2")
        table.upsert({"case": "A-3", "n": 5}, where("case") == "A-3")
        table.remove(where("n") == 5)
    with anywhere.open("Sam") as sam, anywhere.open("Ann") as ann:
        kept = {d["case"]: d for d in sam.table("drafts").all()}
        assert set(kept) == {CASE, "A-2"}
        assert kept["A-2"]["n"] == 2
        assert sam.open_mine(kept[CASE]["text"]) == b"half a thought"
        with pytest.raises(Sealed):
            ann.open_mine(kept[CASE]["text"])
        with pytest.raises(BadInput):
            ann.table("_checkpoints")


def test_two_open_registers_see_each_other(anywhere: Office) -> None:
    """What one session enters, the other reads at once, and their entries interleave in order."""
    with anywhere.open("Ann") as ann, anywhere.open("Sam") as sam, anywhere.open("Ann") as twin:
        start = ann.size
        for number in range(4):
            ann.append([Draft(type="note", subject=f"a-{number}")])
            sam.append([Draft(type="note", subject=f"s-{number}")])
            twin.append([Draft(type="note", subject=f"t-{number}")])
        subjects = [e.subject for e in sam.entries(after_seq=start - 1)]
        assert subjects == [f"{w}-{n}" for n in range(4) for w in "ast"]
        ann.table("x").insert({"a": 1})
        assert sam.table("x").all() == [{"a": 1}]
        assert sam.table("x").insert({"a": 2}) != 1
        assert len(ann.table("x")) == 2
    with anywhere.open() as ann:
        assert ann.verify().ok


def test_many_processes_keep_one_chain(anywhere: Office) -> None:
    """Six writers at once: no gap, no entry lost, no chain broken, every document kept."""
    code = (
        "import sys\n"
        "from recruitcheck.records import Draft\n"
        "from recruitcheck.vault.register import open_register\n"
        "where, name, phrase, tag = sys.argv[1:]\n"
        "with open_register(where, name=name, passphrase=phrase) as register:\n"
        "    for n in range(15):\n"
        "        boxes = {'case': b'x', 'hr': b'y'}\n"
        "        note = Draft(type='note', subject=f'{tag}-{n}', case='A-1', boxes=boxes)\n"
        "        register.append([note])\n"
        "        register.table('things').insert({'tag': tag, 'n': n})\n"
    )
    with anywhere.open() as ann:
        before = ann.size
    writers = [
        subprocess.Popen([sys.executable, "-c", code, anywhere.where, name, PASS[name], tag])
        for name, tag in zip([*PASS, *PASS], (f"T{number}" for number in range(6)), strict=True)
    ]
    assert [writer.wait() for writer in writers] == [0] * 6
    with anywhere.open() as ann:
        assert ann.size == before + 90
        subjects = {e.subject for e in ann.entries(after_seq=before - 1)}
        assert subjects == {f"T{w}-{n}" for w in range(6) for n in range(15)}
        assert len(ann.table("things")) == 90
        assert ann.verify().ok


def test_large_texts_are_kept_too(anywhere: Office) -> None:
    """A text of some megabytes goes in and comes back."""
    text = bytes(range(256)) * 8192
    with anywhere.open() as ann:
        (made,) = ann.append([Draft(type="document-added", case=CASE, boxes={"case": text})])
        assert ann.read(made, "case") == text
    with anywhere.open() as ann:
        assert ann.read(ann.entry(made.seq), "case") == text
        assert ann.verify().ok


def test_without_a_name_only_the_public_part_opens(anywhere: Office) -> None:
    """Anyone may list people and entries; nobody reads or writes without unlocking."""
    assert [p.name for p in people(anywhere.where)] == list(PASS)
    with open_register(anywhere.where) as public:
        assert public.me is None
        assert public.size == len(list(public.entries()))
        for refused in (
            lambda: public.append([Draft(type="note")]),
            lambda: public.read(public.entry(0), "case"),
            lambda: public.seal_mine(b""),
            lambda: public.shred(CASE, "retention"),
        ):
            with pytest.raises(KeyringError):
                refused()


def test_a_wrong_passphrase_or_name_opens_nothing(anywhere: Office) -> None:
    """The refusal says what to try, and repeats neither."""
    for name, phrase in (("Ann Lee", "incorrect horse"), ("Nobody Here", "correct horse battery")):
        with pytest.raises(KeyringError) as caught:
            open_register(anywhere.where, name=name, passphrase=phrase)
        assert phrase not in str(caught.value) + caught.value.hint
        assert caught.value.hint
    with pytest.raises(KeyringError):
        open_register(anywhere.where, name="Ann Lee")


def test_a_place_is_used_once(anywhere: Office) -> None:
    """A second register is not made over the first."""
    with pytest.raises(RegisterError):
        create(anywhere.where, origin="x.example", name="B", passphrase="long enough it is")
    with anywhere.open() as ann:
        assert ann.verify().ok


def test_a_short_passphrase_or_nameless_origin_makes_nothing(place: str) -> None:
    """Creation refuses what cannot protect or name a register, and leaves no half register."""
    for origin, phrase in (("x.example", "short"), ("!!!", "long enough it is")):
        with pytest.raises(BadInput):
            create(place, origin=origin, name="Ann", passphrase=phrase)
        with pytest.raises(RegisterError):
            people(place)


def test_an_address_of_a_strange_database_makes_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped address is refused, and is not taken for the name of a folder."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RegisterError, match="cannot be reached"):
        create("mysql://db.example/x", origin="x.example", name="Ann", passphrase=PASS["Ann Lee"])
    assert not list(tmp_path.iterdir())


def test_a_demo_register_says_so_for_ever(place: str) -> None:
    """The mark of a demo is part of the register."""
    register, _ = create(
        place, origin="demo.example", name="Ann", passphrase="long enough it is", demo=True
    )
    register.close()
    with open_register(place) as public:
        assert public.demo


def test_a_closed_register_refuses_politely(office: Office) -> None:
    """After closing, nothing is written, and closing twice is fine."""
    register = office.open()
    register.close()
    register.close()
    with pytest.raises(RegisterError):
        register.append([Draft(type="note")])


def test_a_box_moved_or_changed_does_not_open(office: Office) -> None:
    """A box put under another entry is noticed, not shown."""
    with office.open() as ann:
        (one,) = ann.append([Draft(type="note", case=CASE, boxes={"case": b"first"})])
        (two,) = ann.append([Draft(type="note", case=CASE, boxes={"case": b"other"})])
        path = office.folder / "ledger"
        lines = path.read_bytes().split(b"\n")
        boxes = [n for n, line in enumerate(lines) if line.startswith(b"+case")]
        lines[boxes[-1]], lines[boxes[-2]] = lines[boxes[-2]], lines[boxes[-1]]
        path.write_bytes(b"\n".join(lines))
        for entry in (one, two):
            with pytest.raises(IntegrityError):
                ann.read(entry, "case")
