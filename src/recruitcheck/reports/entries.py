"""Entries of the ledger as a table, in words, for records and reports that rest on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recruitcheck.records import Entry
from recruitcheck.reports.names import ENTRIES, plain
from recruitcheck.reports.paper import Table, moment, table


def entries_table(entries: Sequence[Entry], names: Mapping[str, str]) -> Table:
    """Number, time, what, who and about whom; `names` are those of members of staff."""
    return table(
        ("Entry", "Time (UTC)", "What", "By", "Applicant"),
        [
            (
                one.seq,
                f"{moment(one.at)}:{one.at:%S}",
                plain(ENTRIES, one.type),
                names.get(one.author, one.author),
                one.case,
            )
            for one in entries
        ],
        numeric=(0,),
        empty="None named.",
    )
