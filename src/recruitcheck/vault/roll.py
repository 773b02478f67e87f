"""Who belongs to the register, as its entries say: the only source of trust in a key.

The key store lies beside the ledger and could be changed by whoever writes to the disk; entries
could not. So before anything is sealed to a person or a role, the key found in the key store is
compared with the fingerprint that an entry, signed by hr, gives for it.

    register-created   first entry; the first person, the log's key and the recovery key
    person-admitted    by hr: a person's keys and roles
    person-recovered   by the recovery key, or by hr: a person's new keys
    person-left        by hr
    role-epoch         by hr or the recovery key: the key of a role from now on
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field
from hashlib import sha256

from recruitcheck.errors import IntegrityError
from recruitcheck.vault import canonical, locks
from recruitcheck.vault.leaves import CONTEXT, PEOPLE, Leaf, parse
from recruitcheck.vault.store import Store

RECOVERY = "RECOVERY"
"""Author of entries signed with the key of the recovery sheet."""


@dataclass(slots=True)
class Member:
    """A person as the entries know them."""

    sign: bytes
    seal: str
    roles: tuple[str, ...]
    left: bool = False
    old_keys: list[bytes] = field(default_factory=list)


class Roll:
    """Members, role keys and the log's key, read from the entries and kept up to date."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._next = 0
        self._marks = 0
        self.members: dict[str, Member] = {}
        self.epochs: dict[str, tuple[int, str]] = {}
        """Role -> (epoch, fingerprint of its public key)."""
        self.log_key = b""
        self.recovery_sign = b""
        self.recovery_seal = ""

    def update(self) -> None:
        """Take in entries made since.

        What is not signed by whom it must be changes nothing here, so that nobody can lock the
        others out with one bad entry; `verify` names it.

        Raises:
            IntegrityError: the ledger does not begin with the keys its id names.
        """
        if self._store.marks == self._marks:
            return
        size = self._store.size
        seqs = {
            seq for kind in PEOPLE for seq in self._store.positions("type", kind, self._next - 1)
        }
        for seq in sorted(seqs):
            raw = self._store.leaf(seq)
            leaf = parse(raw)
            if leaf.type in PEOPLE:
                self._take(seq, raw, leaf)
        self._next, self._marks = size, self._store.marks

    def holders(self, role: str) -> tuple[str, ...]:
        """Ids of the present members that hold a role (`staff`: everybody)."""
        return tuple(
            person
            for person, member in self.members.items()
            if not member.left and (role in ("staff", "log") or role in member.roles)
        )

    def _take(self, seq: int, raw: bytes, leaf: Leaf) -> None:
        facts = {key: str(value) for key, value in leaf.facts.items()}
        if leaf.type == "register-created":
            self._found(seq, raw, leaf, facts)
            return
        if not self._signed(raw, leaf) or leaf.log != self._store.meta.log:
            return
        try:
            self._believe(leaf, facts)
        except (KeyError, ValueError):
            return

    def _believe(self, leaf: Leaf, facts: dict[str, str]) -> None:
        person = leaf.subject
        if leaf.type == "role-epoch":
            role, epoch = facts["role"], int(facts["epoch"])
            if epoch == self.epochs.get(role, (0, ""))[0] + 1:
                self.epochs[role] = (epoch, facts["key"])
        elif leaf.type == "person-left":
            self.members[person].left = True
        else:
            known = self.members.get(person)
            old = [*known.old_keys, known.sign] if known else []
            roles = tuple(facts["roles"].split("+"))
            self.members[person] = Member(
                bytes.fromhex(facts["sign"]), facts["seal"], roles, old_keys=old
            )

    def _found(self, seq: int, raw: bytes, leaf: Leaf, facts: dict[str, str]) -> None:
        self._must(seq == 0)
        sign = bytes.fromhex(facts["sign"])
        self.log_key = bytes.fromhex(facts["log-key"])
        self.recovery_sign = bytes.fromhex(facts["recovery-sign"])
        self.recovery_seal = facts["recovery-seal"]
        self._must(signature_fits(raw, sign))
        named = log_id(facts["nonce"], sign, self.log_key, self.recovery_sign)
        self._must(leaf.log == self._store.meta.log == named)
        roles = tuple(facts["roles"].split("+"))
        self.members[leaf.subject] = Member(sign, facts["seal"], roles)

    def _signed(self, raw: bytes, leaf: Leaf) -> bool:
        if leaf.author == RECOVERY:
            return signature_fits(raw, self.recovery_sign)
        author = self.members.get(leaf.author)
        if author is None or author.left or "hr" not in author.roles:
            return False
        return signature_fits(raw, author.sign)

    @staticmethod
    def _must(true: bool) -> None:
        if not true:
            raise IntegrityError(
                "The ledger does not begin with the keys its id names.",
                "Run `recruitcheck verify` and call whoever audits the register.",
            )


def log_id(nonce: str, *keys: bytes) -> str:
    """The id of a ledger: it commits to the keys it begins with."""
    return sha256(b"recruitcheck log v1\n" + nonce.encode() + b"".join(keys)).hexdigest()[:32]


def signature_fits(raw: bytes, public: bytes) -> bool:
    """Whether a leaf is signed with the private half of `public`."""
    body = canonical.loads(raw)
    signature = b64decode(body.pop("sig"))
    return locks.signed_by(public, signature, CONTEXT + canonical.dumps(body))
