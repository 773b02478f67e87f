"""`applicant show`: all of one case that you may read, with the ids that commands ask for."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode

if TYPE_CHECKING:
    from recruitcheck.records import Applicant
    from recruitcheck.steps.desk import Desk


def show(arguments: argparse.Namespace) -> int:
    """Print a case, one record on a line, in the order of the work."""
    from recruitcheck.records import Applicant

    with talking.sit_down(arguments) as desk:
        case = desk.get(Applicant, arguments.applicant)
        for record, words in _records(desk, case):
            talking.show(arguments, record, words)
    return ExitCode.DONE


def _records(desk: Desk, case: Applicant) -> Iterator[tuple[object, str]]:
    """Each record of the case, and its line."""
    from recruitcheck import records as r

    told = f"told {case.notice_on}" if case.notice_on else "not told yet"
    yield case, f"{case.id}  {case.vacancy}  {case.name}  {told}"
    for document in desk.all(r.Document, case.id):
        yield document, f"  {document.id}  {document.kind}: {document.title}"
    for claim in desk.all(r.Claim, case.id):
        yield claim, f"  {claim.id}  {claim.nature}: “{' '.join(claim.quote.split())}”"
    for decision in desk.all(r.Decision, case.id):
        asked = desk.get(r.Justification, decision.justification)
        yield decision, f"  {asked.id}  {decision.verdict}, for {asked.claim}"
    for referral in desk.all(r.Referral, case.id):
        answer = referral.verdict or f"waits until {referral.due:%-d %B %Y}"
        yield referral, f"  {referral.id}  referral of {referral.justification}: {answer}"
    for grant in desk.all(r.Grant, case.id):
        ends = f"until {grant.not_after:%-d %B %Y}" if grant.not_after else ""
        yield grant, f"  {grant.id}  permission for {grant.claim}, {grant.source} {ends}".rstrip()
    for lookup in desk.all(r.Lookup, case.id):
        yield lookup, f"  {lookup.id}  {lookup.kind} under {lookup.grant}, {lookup.at:%-d %B %Y}"
    for kept in desk.all(r.Evidence, case.id):
        yield kept, f"  {kept.id}  {len(kept.passages)} passage(s) kept under {kept.grant}"
    for found in desk.all(r.Finding, case.id):
        yield found, f"  {found.id}  {found.result}, for {found.claim}"
    for reply in desk.all(r.Reply, case.id):
        yield reply, f"  {reply.id}  reply to {reply.finding}: {reply.state}"
    for line in desk.all(r.PanelLine, case.id):
        yield line, f"  {line.id}  the panel has: {line.text}"
