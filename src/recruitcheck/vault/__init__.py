"""What is kept: the ledger, its sealed boxes, the keys to them, and where all that lies.

The door     `register`; steps use nothing else of this package but `verify`, `export`, `shred` (its
             certificates), and `files` for what they hand out; commands also `backup`, `moving`,
             `witness`, `stamps` and what makes or finds a register
An entry     `leaves` (`canonical`) is what it says, `entering` how it is made, `boxes` its texts
Where it is  `store` is the interface; a `folder` (`ledgerfile`, `ledgerindex`, `journal`, `files`)
             or `postgres` (`schema`, `pgsetup`, `pglink`, `pgquick`, `pgevents`, `pgdocuments`);
             `livetable` and `ledgertable` show both as TinyDB tables; `ownplace` finds one's own
Who opens    `locks` (the cryptography), `keyring` and `sheets` (one person's keys), `chest` and
             `rolekeys` (keys of cases and roles), `roll` (whose keys are whose)
Who comes    `founding`, `joining`, `staff`, `greeting`
What goes    `shred`
Proof        `merkle`, `note`, `heads`; carried outside by `export` (`tiles`, `agefile`), `witness`
             and `stamps`; checked by `verify` (`stored`, `pgsource`, `signatures`, `flow`)

`clock` tells all of them the time. `docs/register.md` describes the files.
"""

from __future__ import annotations

import sys

_SET_DUMPABLE = 4
"""Linux, prctl(2)."""


def quiet_core() -> None:
    """Leave no core when the process dies: it would hold texts and keys in the clear.

    A limit of nought is not asked where cores go to another program, so on Linux the process is
    also made undumpable; programs of the same user can then not read its memory either.
    """
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    except (ImportError, ValueError, OSError):
        pass  # a system without limits leaves no cores either
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
