"""What happens between the right passphrase and the first screen.

The head of the ledger is compared with what the person saw last; a torn tail is set aside and
entered; a destruction that a crash stopped is finished; keys for new colleagues are handed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recruitcheck.errors import RegisterError
from recruitcheck.records import Draft
from recruitcheck.vault import heads, joining
from recruitcheck.vault.staff import Session

if TYPE_CHECKING:
    from recruitcheck.vault.register import Register


def greet(register: Register, session: Session, *, accept_loss: bool) -> None:
    """Look after a register that somebody has just unlocked.

    Raises:
        IntegrityError: this is not the ledger that the person last saw.
    """
    store = register.store
    lost = heads.compare(store, session)
    if lost is not None:
        if not (accept_loss and "hr" in session.roll.members[session.id].roles):
            raise lost.error
        register.append([Draft(type="recovered", facts={"had": lost.head.size})])
    try:
        _finish_what_was_begun(register, session)
    except RegisterError:
        return  # a folder that can only be read is still worth reading
    heads.remember(store, session)


def _finish_what_was_begun(register: Register, session: Session) -> None:
    store = register.store
    with store.writing():
        torn = store.torn
    if torn:
        register.append([])
    if any("shred-done" not in marks for marks in store.gone().values()):
        from recruitcheck.vault import shred

        shred.resume(register, session)
    joining.hand_on(store, session)
