"""The register as the rest of the house sees it: open it, enter, read, hand over, destroy.

    register, code = create("folder", origin="northfield.example", name="Ann Lee", passphrase=...)
    with open_register("folder", name="Ann Lee", passphrase=...) as register:
        (entry,) = register.append([Draft(type="note", case="A-7F3K", boxes={"case": b"..."})])
        register.read(entry, "case")

`append` returns when everything it was given is durable, signed by the person who unlocked. Texts
are sealed before they reach the store; what the store keeps, anyone may look at.

Reading `store.py` (where things lie), `leaves.py` (what an entry says), `entering.py` (how one is
made), `chest.py` (who can open what) and `roll.py` (whose keys are whose) in that order explains
the rest.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from recruitcheck.errors import BadInput, NotFound, RegisterError, Sealed
from recruitcheck.records import Draft, Entry, Person
from recruitcheck.vault import boxes, entering, founding, greeting, joining, locks, staff
from recruitcheck.vault.chest import no_key
from recruitcheck.vault.clock import Clock, SystemClock
from recruitcheck.vault.leaves import CONTEXT, PEOPLE, checked, entry, parse
from recruitcheck.vault.ledgertable import LedgerTable
from recruitcheck.vault.staff import Session
from recruitcheck.vault.store import T, open_store

if TYPE_CHECKING:
    from recruitcheck.records import Destruction, Role
    from recruitcheck.vault.livetable import LiveTable
    from recruitcheck.vault.note import Note
    from recruitcheck.vault.store import Store
    from recruitcheck.vault.verify import Verification

_RESERVED: Final = "_"


# --- opening --------------------------------------------------------------------------------


def create(
    where: str | Path,
    *,
    origin: str,
    name: str,
    passphrase: str,
    clock: Clock | None = None,
    demo: bool = False,
    strict: bool = False,
) -> tuple[Register, str]:
    """Make a register with its first person, who is hr; returns it and the recovery code.

    The code is for paper: it can open everything again and is kept nowhere.

    Raises:
        RegisterError: the place is taken, or cannot be written.
        BadInput: the passphrase is too short, or the origin cannot name a log.
    """
    clock = clock or SystemClock()
    store, session, code = founding.found(
        str(where), origin, name, passphrase, clock=clock, demo=demo, strict=strict
    )
    register = Register(store, clock, session)
    founding.first_entries(register, session)
    register._settle()
    return register, code


def open_register(
    where: str | Path,
    *,
    name: str | None = None,
    passphrase: str | None = None,
    clock: Clock | None = None,
    accept_loss: bool = False,
) -> Register:
    """Open a register; without a name only what is public of it.

    `accept_loss` lets hr go on with a ledger that is shorter than the one they last saw (a backup
    was restored); that is entered.

    Raises:
        RegisterError: it is not there, is of a newer version, or cannot be reached.
        KeyringError: no such person, or the passphrase does not fit.
        IntegrityError: it is damaged, or not the one this person last saw.
    """
    clock = clock or SystemClock()
    store = open_store(str(where))
    try:
        store.refresh()
        if name is None:
            return Register(store, clock, None)
        session = staff.unlock(store, name, passphrase or "")
        register = Register(store, clock, session)
        greeting.greet(register, session, accept_loss=accept_loss)
    except BaseException:
        store.close()
        raise
    return register


def people(where: str | Path) -> tuple[Person, ...]:
    """The people of a register, for the unlock list; needs no passphrase."""
    store = open_store(str(where))
    try:
        return staff.people(store)
    finally:
        store.close()


class Register:
    """An open register. Use it as a context manager, or call `close()`."""

    def __init__(self, store: Store, clock: Clock, session: Session | None) -> None:
        self.store = store
        self.clock = clock
        self._session = session
        self._guard = RLock()
        self._closed = False
        self.where = store.where
        self.log_id = store.meta.log
        self.origin = store.meta.origin
        self.demo = store.meta.demo
        self.format = store.meta.format
        self.ledger = LedgerTable(store, self.append)
        """The entries as a TinyDB table."""

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Sign the head of the session, remember it, and let go."""
        with self._guard:
            if self._closed:
                return
            try:
                if self._session is not None:
                    with suppress(RegisterError):  # a read-only folder keeps its last checkpoint
                        self._settle()
            finally:
                self._closed = True
                self.store.close()

    # --- who ----------------------------------------------------------------------------------

    @property
    def me(self) -> Person | None:
        """The person who unlocked, or None."""
        return staff.person(self.store, self._session.id) if self._session else None

    def people(self) -> tuple[Person, ...]:
        """All people, in the order in which they were invited."""
        return staff.people(self.store)

    def invite(self, name: str, roles: Sequence[Role]) -> str:
        """Invite somebody; returns the code to hand them. `admit` them once they joined."""
        with self._guard:
            return joining.invite(self, self._unlocked(), name, roles)

    def reinvite(self, person_id: str) -> str:
        """A new code for somebody whose passphrase is lost; they join and are admitted again."""
        with self._guard:
            return joining.reinvite(self, self._unlocked(), person_id)

    def join(self, code: str, passphrase: str) -> Person:
        """Use an invitation: make one's own keys under one's own passphrase."""
        return joining.join(self.store, code, passphrase)

    def admit(self, person_id: str, *, recovery_code: str | None = None) -> Person:
        """Let somebody in who joined: seal the keys of their roles to them, and enter it."""
        with self._guard:
            return joining.admit(self, self._unlocked(), person_id, recovery_code)

    def leave(self, person_id: str) -> None:
        """Somebody leaves: new role keys, live wraps sealed anew, and it is entered."""
        with self._guard:
            joining.leave(self, self._unlocked(), person_id)

    def recover(self, code: str, name: str, passphrase: str) -> Person:
        """Give a person new keys with the code of the recovery sheet; it is entered."""
        with self._guard:
            return joining.recover(self, code, name, passphrase)

    def change_passphrase(self, old: str, new: str) -> None:
        """Change my passphrase; the keys under it stay."""
        with self._guard:
            staff.change_passphrase(self.store, self._unlocked(), old, new)

    def attest_training(self, person_id: str, until: date) -> Person:
        """Note until when a person's training attestation holds; it is entered."""
        with self._guard:
            return joining.attest_training(self, self._unlocked(), person_id, until)

    def sign(self, message: bytes) -> tuple[str, str]:
        """My signature over a paper that leaves the register, and my public key, both base64.

        The message begins with a line that says what it is, so that it can never be taken for an
        entry. Raises `BadInput` for one that begins as entries' signatures do.
        """
        session = self._unlocked()
        if message.startswith((CONTEXT, b"recruitcheck share")):
            raise BadInput("This cannot be signed as a paper.", "Make the paper again.")
        signature = session.signer.sign(message)
        return b64encode(signature).decode(), b64encode(session.secrets.sign_public).decode()

    # --- entering -----------------------------------------------------------------------------

    def append(self, drafts: Sequence[Draft]) -> tuple[Entry, ...]:
        """Enter drafts as one durable batch, signed by me.

        Raises:
            BadInput: something personal or unknown stands where everyone can read.
            KeyringError: nobody unlocked the register.
            Destroyed: a draft is about a case that was destroyed.
            NotPermitted: an entry about people, by somebody who is not hr.
            RegisterError: the register cannot be written; nothing was entered.
        """
        session = self._unlocked()
        work = [(checked(draft), draft) for draft in drafts]
        if any(draft.type in PEOPLE for draft in drafts):
            staff.only_hr(session)
        with self._guard:
            return self.store.retrying(
                lambda: entering.enter(self.store, session, self.clock, work)
            )

    def alone(self, act: Callable[[], T]) -> T:
        """Read and append with nobody writing in between, for what may be done only once.

        Everybody else waits meanwhile, so keep it short; a database may ask for it again.
        """

        def held() -> T:
            with self.store.writing():
                self._unlocked().roll.update()
                return act()

        with self._guard:
            return self.store.retrying(held)

    # --- reading ------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """Number of entries."""
        self.store.refresh()
        return self.store.size

    @property
    def root(self) -> bytes:
        """Root of the tree over all entries."""
        self.store.refresh()
        return self.store.root()

    def entries(
        self,
        *,
        case: str | None = None,
        type: str | None = None,  # the word the ledger uses
        subject: str | None = None,
        author: str | None = None,
        after_seq: int = -1,
        reverse: bool = False,
    ) -> Iterator[Entry]:
        """Entries that match everything given, oldest first; read one by one as they are asked."""
        wanted = {"subject": subject, "case": case, "author": author, "type": type}
        given = {key: value for key, value in wanted.items() if value is not None}
        for seq, leaf in self.ledger.select(given, after_seq, reverse=reverse):
            yield entry(seq, leaf)

    def entry(self, seq_or_id: int | str) -> Entry:
        """One entry by its place or its id. Raises `NotFound`."""
        self.store.refresh()
        if isinstance(seq_or_id, int):
            if 0 <= seq_or_id < self.store.size:
                return entry(seq_or_id, parse(self.store.leaf(seq_or_id)))
        else:
            for seq, leaf in self.ledger.select({"id": seq_or_id}):
                return entry(seq, leaf)
        raise NotFound("There is no such entry.", "Entries are numbered from 0.")

    def read(self, entry: Entry, compartment: str) -> bytes:
        """The text sealed into one compartment of an entry.

        Raises:
            NotFound: nothing was sealed there.
            Sealed: it is not for me.
            Destroyed: it was destroyed; the error carries the day.
            IntegrityError: it is not what was entered.
        """
        return self.open_box(entry, compartment)[0]

    def open_box(self, entry: Entry, compartment: str) -> tuple[bytes, bytes]:
        """Text and salt of a box; together they prove what was entered. Raises as `read`."""
        session = self._unlocked()
        self.store.refresh()
        leaf = parse(self.store.leaf(entry.seq))
        if compartment not in leaf.boxes:
            raise NotFound(
                "Nothing was sealed there.", "Copy it from a list or from what was printed."
            )
        with self._guard:
            return boxes.opened(self.store, session, entry.seq, leaf, compartment)

    # --- mutable things -----------------------------------------------------------------------

    def table(self, name: str) -> LiveTable:
        """A TinyDB table of the mutable state, durable at each change.

        Documents about a case carry its pseudonym under `case` and go with it. They lie in the
        clear: seal what is personal with `seal_mine`, or keep it in an entry's box.
        """
        if name.startswith(_RESERVED):
            raise BadInput(
                "This table belongs to the register itself.", "Take a table of another name."
            )
        return self.store.state(name)

    def seal_mine(self, text: bytes) -> str:
        """Seal a draft to myself, as a string that may lie in `table`."""
        key = self._unlocked().chest.mine()
        return b64encode(locks.seal_again(key, text, self.log_id.encode())).decode()

    def open_mine(self, sealed: str) -> bytes:
        """Open what `seal_mine` sealed. Raises `Sealed`."""
        key = self._unlocked().chest.mine()
        try:
            text = locks.open_again(key, b64decode(sealed), self.log_id.encode())
        except ValueError:
            text = None
        if text is None:
            raise Sealed("This draft is another person's.", "Only its author can open it.")
        return text

    def share(self, case: str, compartment: str, person_id: str) -> None:
        """Hand over: that person can read what is and what will be there."""
        session = self._unlocked()
        with self._guard, self.store.writing():
            session.roll.update()
            session.chest.share(case, compartment, person_id, self.clock.now())

    # --- heads --------------------------------------------------------------------------------

    def checkpoint(self) -> str:
        """The signed head of the ledger as it is now, as text; the last one if nobody unlocked."""
        from recruitcheck.vault import heads

        with self._guard:
            return str(heads.current(self.store, self._session))

    def _settle(self) -> Note:
        from recruitcheck.vault import heads

        session = self._unlocked()
        signed = heads.current(self.store, session)
        heads.remember(self.store, session)
        return signed

    # --- destruction and checking -------------------------------------------------------------

    def shred(self, case: str, cause: str) -> Destruction:
        """Destroy everything sealed about a case; the entries stay. See `shred.py`."""
        from recruitcheck.vault import shred

        with self._guard:
            return shred.destroy(self, self._unlocked(), case, cause)

    def verify(self, *, against: str | None = None, progress: Any = None) -> Verification:
        """Check everything there is to check; see `verify.py`."""
        from recruitcheck.vault import verify

        return verify.verify(self.where, against=against, register=self, progress=progress)

    # --- inside -------------------------------------------------------------------------------

    def _unlocked(self) -> Session:
        if self._closed:
            raise RegisterError("The register is closed.", "Open it again.")
        if self._session is None:
            raise no_key()
        return self._session


__all__ = [
    "Clock",
    "Register",
    "SystemClock",
    "create",
    "open_register",
    "people",
]
