"""The narrow interface between the register and where it is kept.

`FolderStore` keeps it in a folder, `postgres.PostgresStore` in a database. Neither sees a key or
a text: leaves are readable to anyone, boxes and wraps are sealed before they come here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from recruitcheck.errors import RegisterError
from recruitcheck.vault.leaves import Row
from recruitcheck.vault.livetable import LiveTable
from recruitcheck.vault.merkle import Tree

T = TypeVar("T")

FORMAT = 1
"""Version of files and tables; a register of a newer one is refused."""


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a register before anything of it is opened."""

    format: int
    log: str
    origin: str
    demo: bool = False
    strict: bool = False


class Store(Protocol):
    """A place where a register is kept."""

    @property
    def where(self) -> str:
        """The place as a person would name it."""

    @property
    def meta(self) -> Meta:
        """Format, log id, origin."""

    @property
    def size(self) -> int:
        """Number of leaves."""

    @property
    def torn(self) -> int:
        """Bytes of torn tail set aside and not yet entered as `recovered`."""

    @property
    def tree(self) -> Tree:
        """The tree over all leaves."""

    def root(self) -> bytes:
        """Root of the tree over all leaves."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold the register for writing, everything others wrote already read.

        What was appended inside is durable once it is left.
        """

    def refresh(self) -> None:
        """See what others wrote."""

    def settle(self) -> None:
        """Wait until what was seen survives a power cut; its writer may still be waiting too."""

    def append(self, rows: Sequence[Row]) -> None:
        """Write rows as one batch, durable once `writing()` is left; only inside of it."""

    def quick(self, rows: Sequence[Row], relied: object) -> int | None:
        """Write a batch without holding the lock, where the store can; None where it cannot.

        `relied` is the `version` that the rows were prepared under.
        """

    def leaf(self, seq: int) -> bytes:
        """A leaf's bytes."""

    def box(self, seq: int, compartment: str, digest: str) -> bytes | None:
        """A sealed box; None once it is destroyed."""

    def positions(
        self, column: str, value: str, after: int = -1, *, reverse: bool = False
    ) -> Iterator[int]:
        """Leaves whose id, type, author, subject or case may be `value`, in order."""

    @property
    def marks(self) -> int:
        """Grows with each entry about people, keys or destruction."""

    def calm(self) -> AbstractContextManager[None]:
        """Inside, reads may answer from what is known already."""

    def keys_version(self) -> object:
        """Differs whenever the key store or an entry about people changed."""

    def version(self, author: str) -> object:
        """Differs whenever something that a prepared entry of this author relies on changed."""

    def retrying(self, act: Callable[[], T]) -> T:
        """Do something that writes, again if the store asks for that."""

    def chain(self, author: str) -> tuple[int, bytes] | None:
        """(aseq, leaf hash) of an author's last leaf."""

    def gone(self) -> Mapping[str, Mapping[str, int]]:
        """Case -> {"shred-intent": seq, "shred-done": seq}."""

    def keys(self, name: str) -> LiveTable:
        """A table of the key store."""

    def state(self, name: str) -> LiveTable:
        """A table of the mutable state."""

    def keys_tables(self) -> tuple[str, ...]:
        """Names of the key store's tables."""

    def state_tables(self) -> tuple[str, ...]:
        """Names of the state's tables."""

    def drop_boxes(self, seqs: Sequence[int]) -> tuple[int, int]:
        """Remove the boxes of leaves for good; returns (boxes, files) that went."""

    def vault_keys(self) -> tuple[bytes, ...]:
        """Strict mode: keys over the wraps, the one to use first; empty otherwise."""

    def new_vault_key(self) -> AbstractContextManager[bytes]:
        """Strict mode: a new key; on leaving, the old one is gone."""

    def compact(self) -> None:
        """Leave no old version of a key or a document behind."""

    def close(self) -> None:
        """Let go."""


def demand_database_part() -> None:
    """Refuse in words where the optional part for databases is not installed.

    Raises:
        RegisterError: it is not.
    """
    if find_spec("psycopg") is None:
        raise RegisterError(
            "A register on PostgreSQL needs a part that is not installed.",
            "Install it with: pip install 'recruitcheck[postgres]'",
        )


def in_database(where: str) -> bool:
    """Whether a place is a database's address (`postgresql://…`) and not a folder."""
    return "://" in where


def make_store(where: str, meta: Meta) -> None:
    """Lay out an empty register in a folder or a database.

    Raises:
        RegisterError: the place is taken, or cannot be written.
    """
    if in_database(where):
        demand_database_part()
        from recruitcheck.vault import pgsetup

        pgsetup.make(where, meta)
    else:
        from recruitcheck.vault import folder

        folder.make(Path(where), meta)


def open_store(where: str) -> Store:
    """The store at a folder or a `postgresql://` address."""
    if in_database(where):
        demand_database_part()
        from recruitcheck.vault.postgres import PostgresStore

        return PostgresStore(where)
    from recruitcheck.vault.folder import FolderStore

    return FolderStore(Path(where))


def too_new(found: int) -> RegisterError:
    """The refusal of a register that a later version made."""
    return RegisterError(
        f"This register has format {found}; this recruitcheck reads format {FORMAT}.",
        "Install the newer recruitcheck that wrote it. Nothing was changed.",
    )
