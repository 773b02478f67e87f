"""What the journal leans on in TinyDB, and that it is a TinyDB like any other."""

from __future__ import annotations

import inspect
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb.operations import increment
from tinydb.queries import QueryInstance
from tinydb.storages import JSONStorage, MemoryStorage
from tinydb.table import Document, Table

from recruitcheck.errors import IntegrityError
from recruitcheck.vault import files, journal
from recruitcheck.vault.journal import HEADER, JournalDB, JournalStorage
from recruitcheck.vault.livetable import LiveTable, Overlay


def test_tinydb_still_offers_what_is_leaned_on() -> None:
    """The extension points, named: a TinyDB that lacks one fails here and not in a register."""
    assert TinyDB.table_class is Table
    assert TinyDB.default_storage_class is JSONStorage
    assert list(inspect.signature(Table._update_table).parameters) == ["self", "updater"]
    assert list(inspect.signature(Table._read_table).parameters) == ["self"]
    assert "cache_size" in inspect.signature(Table.__init__).parameters
    assert (where("a") == 1)._hash == ("==", ("a",), 1)
    both = ((where("a") == 1) & (where("b") == 2))._hash
    assert both == ("and", frozenset({("==", ("a",), 1), ("==", ("b",), 2)}))
    assert isinstance(where("a") == 1, QueryInstance)


@pytest.fixture
def db(tmp_path: Path) -> JournalDB:
    """An empty database on a journal."""
    return JournalDB(tmp_path / "things")


def test_ordinary_use_works_and_lasts(tmp_path: Path) -> None:
    """Insert, search, update, operations, upsert, remove and drop, and all of it next time."""
    with JournalDB(tmp_path / "things") as db:
        people = db.table("people")
        assert people.insert_multiple([{"name": "a", "n": 1}, {"name": "b", "n": 2}]) == [1, 2]
        assert people.update(increment("n"), where("name") == "a") == [1]
        assert people.update({"old": True}) == [1, 2]
        assert people.upsert({"name": "c", "n": 9}, where("name") == "c") == [3]
        assert people.upsert(Document({"n": 10}, doc_id=3)) == [3]
        assert people.remove(where("name") == "b") == [2]
        assert people.get(doc_id=3) == {"name": "c", "n": 10}
        assert people.get(doc_ids=[1, 3]) == people.all()
        assert people.search(Query().n.test(lambda n: n > 5)) == [{"name": "c", "n": 10}]
        assert people.contains(where("name") == "a") and not people.contains(doc_id=2)
        db.table("other").insert({"x": 1})
        db.insert({"default": True})
        db.drop_table("other")
        with pytest.raises(ValueError, match="already exists"):
            people.insert(Document({}, doc_id=1))
    with JournalDB(tmp_path / "things") as db:
        assert db.table("people").all() == [
            {"name": "a", "n": 2, "old": True},
            {"name": "c", "n": 10},
        ]
        assert not db.table("other").all()
        assert db.all() == [{"default": True}]
        assert db.table("people").insert({}) == 4
        db.table("people").truncate()
        assert len(db.table("people")) == 0
        db.drop_tables()
    with JournalDB(tmp_path / "things") as db:
        assert not db.tables() or not any(len(db.table(t)) for t in db.tables())


def test_what_an_updater_changes_counts_only_once_written(db: JournalDB) -> None:
    """A change that fails half way leaves the documents as they were."""
    table = db.table("t")
    table.insert_multiple([{"n": 1}, {"n": 2}])

    def breaks(document: dict[str, int]) -> None:
        document["n"] = 99
        raise RuntimeError

    with pytest.raises(RuntimeError):
        table.update(breaks)
    assert [d["n"] for d in table.all()] == [1, 2]
    db.close()


def test_changes_to_several_tables_are_one(tmp_path: Path) -> None:
    """Inside `atomically` everything counts together or not at all."""
    db = JournalDB(tmp_path / "things")
    storage = db.storage
    assert isinstance(storage, JournalStorage)
    db.table("a").insert({"n": 0})
    with storage.atomically():
        db.table("a").insert({"n": 1})
        db.table("b").insert({"n": 1})
        assert len(db.table("b")) == 1
    with pytest.raises(RuntimeError), storage.atomically():
        db.table("a").insert({"n": 2})
        db.table("b").insert({"n": 2})
        raise RuntimeError
    assert [d["n"] for d in db.table("a").all()] == [0, 1]
    db.close()
    lines = (tmp_path / "things").read_bytes().splitlines()
    assert len(lines) == 3
    with JournalDB(tmp_path / "things") as db:
        assert [d["n"] for d in db.table("b").all()] == [1]


def test_compacting_leaves_no_old_version_and_others_follow(tmp_path: Path) -> None:
    """After compaction the file holds live documents only, and an open colleague goes on."""
    one, two = JournalDB(tmp_path / "things"), JournalDB(tmp_path / "things")
    key = one.table("t").insert({"word": "before"})
    one.table("t").update({"word": "after"}, doc_ids=[key])
    two.table("t").insert({"word": "second"})
    storage = one.storage
    assert isinstance(storage, JournalStorage)
    storage.compact()
    data = (tmp_path / "things").read_bytes()
    assert data.startswith(HEADER) and b"before" not in data
    assert [d["word"] for d in two.table("t").all()] == ["after", "second"]
    two.table("t").insert({"word": "third"})
    assert [d["word"] for d in one.table("t").all()] == ["after", "second", "third"]
    one.close()
    two.close()


def test_old_versions_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever wrote very many leaves a file without them on closing; a reader changes nothing."""
    monkeypatch.setattr(journal, "_ROOM", 1000)
    path = tmp_path / "state"
    monkeypatch.setattr(files, "settle", lambda fd: None)  # only how often, not how safely
    with JournalDB(path) as other:
        with JournalDB(path) as db:
            db.table("things").insert_multiple({"n": n} for n in range(3))
            for version in range(1100):
                db.table("things").update({"version": version}, doc_ids=[2])
            before = path.read_bytes()
            JournalDB(path).close()
            assert path.read_bytes() == before
        assert len(path.read_bytes()) < len(before) / 100
        assert other.table("things").get(doc_id=2) == {"n": 1, "version": 1099}
        assert len(other.table("things")) == 3


def test_a_change_after_compacting_inside_one_hold_lasts(tmp_path: Path) -> None:
    """Compacted while the lock is held: what the holder writes next is in the new file."""
    with JournalDB(tmp_path / "things") as db:
        storage = db.storage
        assert isinstance(storage, JournalStorage)
        db.table("t").insert({"n": 1})
        with storage.writing():
            storage.compact()
            db.table("t").insert({"n": 2})
    with JournalDB(tmp_path / "things") as db:
        assert [d["n"] for d in db.table("t").all()] == [1, 2]


def test_a_change_after_one_given_up_inside_one_hold_lasts(tmp_path: Path) -> None:
    """A change to several tables is given up while the lock is held: the holder still goes on."""
    with JournalDB(tmp_path / "things") as db:
        storage = db.storage
        assert isinstance(storage, JournalStorage)
        db.table("t").insert({"n": 1})
        with storage.writing():
            with suppress(RuntimeError), storage.atomically():
                db.table("t").insert({"n": 2})
                raise RuntimeError
            db.table("t").insert({"n": 3})
            assert [d["n"] for d in db.table("t").all()] == [1, 3]
    with JournalDB(tmp_path / "things") as db:
        assert [d["n"] for d in db.table("t").all()] == [1, 3]


def test_two_handles_never_give_one_id_twice(tmp_path: Path) -> None:
    """Ids come from what is there, also when another process just wrote."""
    one, two = JournalDB(tmp_path / "things"), JournalDB(tmp_path / "things")
    ids = [db.table("t").insert({}) for _ in range(10) for db in (one, two, two, one)]
    assert ids == list(range(1, 41))
    one.close()
    two.close()


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    """A JSON database of stock TinyDB is not taken for a journal."""
    (tmp_path / "things").write_text('{"_default": {}}')
    with pytest.raises(IntegrityError):
        JournalDB(tmp_path / "things")


def test_equality_through_the_index_keeps_up(db: JournalDB) -> None:
    """Once a field was asked for, inserts, changes and removals show in the next answer."""
    table = db.table("t")
    assert isinstance(table, LiveTable)
    assert table.search(where("k") == "x") == []
    key = table.insert({"k": "x"})
    table.insert({"k": "y"})
    assert [d.doc_id for d in table.search(where("k") == "x")] == [key]
    table.update({"k": "y"}, doc_ids=[key])
    assert table.search(where("k") == "x") == []
    assert len(table.search(where("k") == "y")) == 2
    table.remove(doc_ids=[key])
    assert len(table.search(where("k") == "y")) == 1
    assert table.search(where("k") == ["list"]) == []
    db.close()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "update", "remove", "upsert"]),
        st.integers(0, 4),
        st.integers(0, 9),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(acts=ACTS)
def test_any_sequence_of_acts_leaves_what_stock_tinydb_leaves(
    acts: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same acts on TinyDB in memory and on a journal end with the same documents and ids."""
    path = tmp_path_factory.mktemp("j") / "things"
    stock = TinyDB(storage=MemoryStorage)
    ours = JournalDB(path)
    for db in (stock, ours):
        table = db.table("t")
        for act, key, value in acts:
            if act == "insert":
                table.insert({"k": key, "v": value})
            elif act == "update":
                table.update({"v": value}, where("k") == key)
            elif act == "remove":
                table.remove(where("k") == key)
            else:
                table.upsert({"k": key, "v": value}, where("k") == key)
    ours.close()
    again = JournalDB(path)
    wanted = {d.doc_id: dict(d) for d in stock.table("t").all()}
    assert {d.doc_id: dict(d) for d in again.table("t").all()} == wanted
    again.close()


def test_what_an_updater_sees_is_the_table_with_its_own_changes() -> None:
    """Changed, new and removed documents, as any mapping shows them; the live ones stay."""
    live = {"1": {"n": 1}, "2": {"n": 2}}
    seen = Overlay(live)
    seen[1]["n"] = 10
    seen[3] = {"n": 3}
    del seen[2]
    assert (dict(seen), len(seen)) == ({1: {"n": 10}, 3: {"n": 3}}, 2)
    for gone in (2, 9):
        assert gone not in seen
        with pytest.raises(KeyError):
            seen[gone]
        with pytest.raises(KeyError):
            del seen[gone]
    assert seen.changes() == ({"1": {"n": 10}, "3": {"n": 3}}, ["2"])
    seen[2] = {"n": 2}
    assert seen.changes() == ({"1": {"n": 10}, "3": {"n": 3}}, [])
    assert live == {"1": {"n": 1}, "2": {"n": 2}}


def test_a_dropped_table_is_empty_and_begins_anew(db: JournalDB) -> None:
    """Also where a question was answered from its index before."""
    things = db.table("things")
    things.insert_multiple([{"kind": "a"}, {"kind": "b"}])
    assert len(things.search(where("kind") == "a")) == 1
    db.drop_table("things")
    assert db.table("things").search(where("kind") == "a") == []
    db.table("things").insert({"kind": "a", "n": 2})
    assert [d["n"] for d in db.table("things").search(where("kind") == "a")] == [2]
