"""The desk: what every step works with, and the one shape that every step has.

A step checks the role, calls the pure rule, appends the entry (durable before it returns), and
returns the record. Records are not stored a second time anywhere: `Desk.get` reads the newest
entry about an id and opens the box that this person may open, so that no copy could disagree with
the ledger.
"""

from __future__ import annotations

import base64
import secrets
import ssl
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from recruitcheck import codec
from recruitcheck.errors import Destroyed, IntegrityError, NotFound, Sealed
from recruitcheck.records import (
    Applicant,
    BlindReferral,
    Claim,
    Decision,
    Document,
    Draft,
    Entry,
    Evidence,
    Finding,
    Grant,
    Justification,
    Lookup,
    MonitoringLink,
    PanelLine,
    Person,
    Referral,
    Reply,
    Review,
    Settings,
    Sight,
    Trace,
    Vacancy,
    Withheld,
)
from recruitcheck.rules import roles
from recruitcheck.steps import packplace
from recruitcheck.vault.clock import Clock, SystemClock

if TYPE_CHECKING:
    from recruitcheck.rules.grounds import Pack
    from recruitcheck.rules.screen import Screener
    from recruitcheck.vault.register import Register

R = TypeVar("R")


WHERE: Mapping[type, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        # record: the entry types that carry it, and the compartments it may lie in
        Settings: (("settings",), ("staff",)),
        Vacancy: (("vacancy-added", "vacancy-changed"), ("staff",)),
        Applicant: (("applicant-added", "applicant-changed", "objection"), ("case",)),
        MonitoringLink: (("applicant-added", "applicant-changed"), ("equality",)),
        Document: (("document-added",), ("case",)),
        Claim: (("claim-marked",), ("case",)),
        Justification: (("justification",), ("case",)),
        Decision: (("decision",), ("case",)),
        Trace: (("decision",), ("hr", "equality")),
        Referral: (("referral", "referral-decided"), ("case", "equality")),
        BlindReferral: (("referral-blind",), ("equality",)),
        Grant: (("grant", "grant-revoked"), ("case",)),
        Lookup: (("lookup",), ("lookup:*",)),
        Sight: (("lookup-result",), ("lookup:*",)),
        Withheld: (("lookup-result",), ("hr",)),
        Evidence: (("evidence-kept",), ("lookup:*",)),
        Finding: (("finding",), ("lookup:*",)),
        Reply: (("reply",), ("lookup:*",)),
        PanelLine: (("panel-line",), ("case",)),
        Review: (("review",), ("case", "hr", "equality", "staff")),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One person at work on one register, with everything a step needs.

    `resolver`, `permitted_addresses` and `tls` reach `sources.web.fetch` untouched. Only a
    program that builds its own desk (a test, the demo) can set them; no option and no environment
    variable does.
    """

    register: Register
    pack: Pack
    screener: Screener
    pack_folder: Path
    clock: Clock
    resolver: Callable[[str], Sequence[str]] | None = None
    permitted_addresses: Collection[str] = ()
    tls: ssl.SSLContext | None = None
    _opened: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)
    """What was opened or counted in this session; kept until `forget`."""

    @property
    def me(self) -> Person:
        """Who unlocked the register."""
        person = self.register.me
        if person is None:
            raise Sealed(
                "The register is open for checking only.", "Unlock it with your passphrase."
            )
        return person

    @property
    def now(self) -> datetime:
        """This moment, by the desk's clock; UTC."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The day of this moment in UTC, from which every period counts."""
        return self.clock.now().date()

    def demand(
        self, step: str, *, made_by: Collection[str] = (), only: Collection[str] | None = None
    ) -> None:
        """Ask `rules/roles.py` whether this person may take the step now.

        Raises:
            NotPermitted: with the reason in plain words.
        """
        roles.demand(step, self.me, made_by=made_by, only=only, today=self.today)

    def enter(self, *drafts: Draft) -> tuple[Entry, ...]:
        """Append one durable batch; nothing these entries permit is possible before it returns."""
        return self.register.append(drafts)

    def alone(self, act: Callable[[], R]) -> R:
        """Look whether something was done already and then do it, with no other window between."""
        return self.register.alone(act)

    # --- reading ---------------------------------------------------------------------------

    def get(self, kind: type[R], id: str) -> R:
        """The newest version of a record.

        Raises:
            NotFound: there is no such record.
            Sealed: it is not for this person.
            Destroyed: its content is gone.
        """
        types, compartments = WHERE[kind]
        refused: Sealed | Destroyed | None = None
        for entry in self.register.entries(subject=id, reverse=True):
            if entry.type not in types:
                continue
            try:
                return self.open(kind, entry, compartments)
            except (Sealed, Destroyed) as error:
                refused = refused or error
        if refused:
            raise refused
        raise NotFound(
            f"There is no {kind.__name__.lower()} {id!r} here.", "Look it up in the list again."
        )

    def all(self, kind: type[R], case: str | None = None) -> tuple[R, ...]:
        """The newest version of every record of a kind that this person may read, oldest first."""
        types, compartments = WHERE[kind]
        newest: dict[str, Entry] = {}
        for type_ in types:
            for entry in self.register.entries(type=type_, case=case):
                if next(_matching(entry.boxes, compartments), None) is None:
                    continue  # such as an applicant whose form has no monitoring reference
                held = newest.get(entry.subject)
                if held is None or held.seq < entry.seq:
                    newest[entry.subject] = entry
        found: list[R] = []
        for entry in sorted(newest.values(), key=lambda e: e.seq):
            try:
                found.append(self.open(kind, entry, compartments))
            except (Sealed, Destroyed):
                continue
        return tuple(found)

    def open(self, kind: type[R], entry: Entry, compartments: Sequence[str]) -> R:
        """Open the first box of an entry that this person may read, as a record.

        Raises:
            Sealed, Destroyed: as the register says.
            IntegrityError: what lies in the box is not such a record.
        """
        refused: Sealed | Destroyed | None = None
        for box in _matching(entry.boxes, compartments):
            key = (entry.id, box)
            if isinstance(held := self._opened.get(key), kind):
                return held
            try:
                record = codec.decode(kind, self.register.read(entry, box))
            except (Sealed, Destroyed) as error:
                refused = refused or error
                continue
            self._opened[key] = record
            return record
        if refused:
            raise refused
        raise IntegrityError(
            f"Entry {entry.seq} carries no {kind.__name__.lower()}.",
            "Run `recruitcheck verify` and show HR what it says.",
        )

    def kept(self, what: str, id: str, make: Callable[[], R]) -> R:
        """What `make` gives, made once and let go of with the records."""
        key = (what, id)
        if key not in self._opened:
            self._opened[key] = make()
        held: R = self._opened[key]
        return held

    def case_of(self, id: str) -> str:
        """The applicant whose case a record belongs to; empty where it belongs to none.

        Raises:
            NotFound: there is no such record.
        """
        for entry in self.register.entries(subject=id):
            return entry.case
        raise NotFound(f"There is no record {id!r} here.", "Look it up in the list again.")

    def forget(self) -> None:
        """Let go of every record opened so far; called after a destruction and when locking."""
        self._opened.clear()

    def settings(self) -> Settings:
        """What the organisation set, in its newest version.

        Raises:
            NotFound: the register has none.
        """
        for record in self.all(Settings):
            return record
        raise NotFound("This register has no settings.", "Run `recruitcheck verify`.")

    @property
    def sketch_key(self) -> bytes:
        """Key of the similarity sketches of this register."""
        return base64.b64decode(self.settings().sketch_key)


def _matching(boxes: Sequence[str], compartments: Sequence[str]) -> Iterator[str]:
    for wanted in compartments:
        if wanted.endswith("*"):
            yield from (box for box in boxes if box.startswith(wanted[:-1]))
        elif wanted in boxes:
            yield wanted


MOST_REFS = 200
"""References that one entry shows, so that it stays small; the sealed record names them all."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id(letter: str, length: int = 8) -> str:
    """A random id such as `J-7F3K2M9Q`; 5 bits a sign, none that look alike."""
    return f"{letter}-" + "".join(secrets.choice(_CROCKFORD) for _ in range(length))


def box(record: object) -> bytes:
    """A record as the bytes that are sealed."""
    return codec.encode(record)


def create_desk(
    where: str,
    *,
    organisation: str,
    name: str,
    passphrase: str,
    pack_folder: Path | None = None,
    clock: Clock | None = None,
    demo: bool = False,
    strict: bool = False,
    resolver: Callable[[str], Sequence[str]] | None = None,
    permitted_addresses: Collection[str] = (),
) -> tuple[Desk, str]:
    """Make a register with its first person, who holds the hr role, and sit down at it.

    Returns the desk and the recovery code, which is printed once and kept nowhere. `strict` puts
    every key under one more, which no backup holds (docs/register.md). A named pack comes into
    force, and is put where an adopted one lies.

    Raises:
        RegisterError: something is there already, or the place cannot be written.
        PolicyError: the policy pack is unusable.
    """
    from recruitcheck.rules import grounds
    from recruitcheck.vault import register as vault

    clock = clock or SystemClock()
    if pack_folder is not None:  # it comes into force with the register; ours was looked at
        grounds.load_whole(grounds.find_folder(pack_folder), clock.now().date())
    pack, screener, folder = _rules(pack_folder)
    register, code = vault.create(
        where,
        origin=organisation,
        name=name,
        passphrase=passphrase,
        clock=clock,
        demo=demo,
        strict=strict,
    )
    desk = Desk(
        register=register,
        pack=pack,
        screener=screener,
        pack_folder=folder,
        clock=clock,
        resolver=resolver,
        permitted_addresses=permitted_addresses,
    )
    desk.enter(*_first_entries(organisation, pack))
    if pack_folder is not None:
        packplace.put(where, folder)
    return desk, code


def _first_entries(organisation: str, pack: Pack) -> tuple[Draft, Draft]:
    """What is entered before anything else: the settings, and the policy pack that holds."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    settings = Settings(organisation=organisation, sketch_key=key)
    return (
        Draft(type="settings", subject="settings", boxes={"staff": box(settings)}),
        Draft(type="policy-set", subject="policy", facts={"digest": pack.digest}),
    )


def open_desk(
    where: str,
    name: str,
    passphrase: str,
    *,
    pack_folder: Path | None = None,
    clock: Clock | None = None,
    resolver: Callable[[str], Sequence[str]] | None = None,
    permitted_addresses: Collection[str] = (),
    accept_loss: bool = False,
) -> Desk:
    """Unlock a register and sit down at it.

    `accept_loss` lets HR go on with a register behind what they last saw; that is entered.

    Raises:
        KeyringError: no such person, or the passphrase does not fit.
        RegisterError: there is no register, or a newer version wrote it.
        IntegrityError: the register is behind a head this person has seen, or damaged.
        PolicyError: the policy pack is unusable.
    """
    from recruitcheck.vault import register as vault

    clock = clock or SystemClock()
    register = vault.open_register(
        where, name=name, passphrase=passphrase, clock=clock, accept_loss=accept_loss
    )
    try:
        pack, screener, folder = _rules(packplace.find(where, pack_folder))
    except BaseException:
        register.close()
        raise
    return Desk(
        register=register,
        pack=pack,
        screener=screener,
        pack_folder=folder,
        clock=clock,
        resolver=resolver,
        permitted_addresses=permitted_addresses,
    )


def _rules(pack_folder: Path | None) -> tuple[Pack, Screener, Path]:
    from recruitcheck.rules import grounds, screen

    folder = grounds.find_folder(pack_folder)
    pack = grounds.load(folder)
    return pack, screen.compiled(pack.refusals), folder
