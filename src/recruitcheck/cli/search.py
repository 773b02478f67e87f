"""Commands from the justification to the evidence."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from recruitcheck.cli import talking
from recruitcheck.cli.failing import INTERRUPTED, ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options
from recruitcheck.records import JUDGEMENTS, Route, Verdict

if TYPE_CHECKING:
    from recruitcheck.records import Sight


def add(commands: Commands) -> None:
    """Add `justify`, `refer`, `grant`, `lookup`, `observe`, `typed`, `supplied`, `keep` and the
    commands for outside researchers."""
    _justify(commands)
    _refer(commands)
    _grant(commands)
    look = command(commands, "lookup", "look where a grant allows", _look_up)
    talking.grant_argument(look)
    register_options(look)
    _observe(commands)
    _typed(commands)
    _supplied(commands)
    _keep(commands)
    _third_party(commands)


def _justify(commands: Commands) -> None:
    made = command(
        commands,
        "justify",
        "say why a claim must be checked, and get the decision",
        _ask,
        more="Answers can be given as words or as @FILE. Exit code 1: refused.",
    )
    made.add_argument("claim", metavar="CLAIM", help="the claim, such as C-7F3K2M9Q")
    for option, does in (
        ("--ground", "the permitted ground (see `recruitcheck policy show`)"),
        ("--requirement", "the line of the person specification, such as S2"),
        ("--route-note", "what came of that route, or why it cannot settle the claim"),
        ("--confirms", "what would confirm the claim"),
        ("--refutes", "what would refute it"),
        ("--source", "the kind of source the claim names"),
        ("--holder", "who will hold the grant; never somebody on the panel"),
        ("--reason", "why this claim must be checked for this person"),
    ):
        made.add_argument(option, required=True, metavar="TEXT", help=does)
    made.add_argument(
        "--route", required=True, choices=talking.choices(Route), help="the way tried first"
    )
    made.add_argument("--note", default="", metavar="TEXT", help="can only make it stricter")
    made.add_argument("--address", default="", help="address or handle of the quote to look at")
    made.add_argument("--third-party", default="", metavar="NAME", help="an outside researcher")
    register_options(made)


def _refer(commands: Commands) -> None:
    refer = group(commands, "refer", "referrals to the equality reviewer")
    register_options(command(refer, "list", "list referrals that wait, without names", _referrals))
    decide = command(refer, "decide", "decide a referral", _decide)
    decide.add_argument("referral", metavar="REFERRAL", help="the referral")
    decide.add_argument("verdict", choices=("permit", "refuse"), help="your decision")
    decide.add_argument("--why", required=True, metavar="TEXT", help="the reason, or @FILE")
    decide.add_argument(
        "--yes-no-only", action="store_true", help="the recruiter learns only yes or no"
    )
    register_options(decide)
    take = command(refer, "take-up", "take up the grant of a permitted referral", _take_up)
    take.add_argument("referral", metavar="REFERRAL", help="the referral")
    register_options(take)


def _grant(commands: Commands) -> None:
    grant = group(commands, "grant", "permissions to look")
    register_options(command(grant, "list", "list grants you may read", _grants))
    revoke = command(grant, "revoke", "take a grant back", _revoke)
    talking.grant_argument(revoke)
    revoke.add_argument("--why", required=True, metavar="TEXT", help="the reason, or @FILE")
    register_options(revoke)


def _observe(commands: Commands) -> None:
    made = command(commands, "observe", "record what you saw on a public page", _observed)
    talking.grant_argument(made)
    made.add_argument("--address", required=True, help="where you saw it")
    made.add_argument(
        "--text", required=True, help="only the part that bears on the claim, or @FILE, or -"
    )
    made.add_argument("--author", default="", help="the account that wrote it")
    made.add_argument("--seen-on", type=talking.day, metavar="DAY", help="default: today")
    made.add_argument(
        "--published", type=talking.day, metavar="DAY", help="its date, if it has one"
    )
    made.add_argument("--public", action="store_true", help="confirm: anyone can see it")
    made.add_argument("--not-logged-in", action="store_true", help="confirm: without an account")
    made.add_argument("--no-contact", action="store_true", help="confirm: nobody was contacted")
    register_options(made)


def _typed(commands: Commands) -> None:
    made = command(
        commands, "typed", "record that a fact was, or was not, seen where copying is barred", _fact
    )
    talking.grant_argument(made)
    made.add_argument("--fact", required=True, help="words of the claim that you looked for")
    made.add_argument("--address", required=True, help="where you looked")
    made.add_argument("--seen-on", type=talking.day, metavar="DAY", help="default: today")
    made.add_argument("--not-seen", action="store_true", help="the source does not state it")
    register_options(made)


def _supplied(commands: Commands) -> None:
    made = command(commands, "supplied", "pass on what the applicant brought", _supply)
    talking.grant_argument(made)
    given = made.add_mutually_exclusive_group(required=True)
    given.add_argument("--file", type=Path, metavar="FILE", help="PDF, DOCX or text")
    given.add_argument("--text", help="the text, or @FILE, or -")
    made.add_argument("--address", default="", help="where it comes from, if it has an address")
    made.add_argument(
        "--published", type=talking.day, metavar="DAY", help="its date, if it has one"
    )
    register_options(made)


def _keep(commands: Commands) -> None:
    made = command(commands, "keep", "keep a lookup's passages as evidence", _kept)
    made.add_argument("lookup", metavar="LOOKUP", help="the lookup whose passages are kept")
    made.add_argument(
        "--judge",
        action="append",
        default=[],
        choices=JUDGEMENTS,
        help="your judgement of each passage, in their order; repeat",
    )
    register_options(made)


def _third_party(commands: Commands) -> None:
    instruct = command(commands, "instruct", "write an outside researcher's instruction", _instruct)
    talking.grant_argument(instruct)
    instruct.add_argument("folder", metavar="DIR", type=Path, help="the folder to write to")
    instruct.add_argument(
        "--researcher", required=True, metavar="NAME", help="whom it is addressed to"
    )
    register_options(instruct)
    report = command(commands, "report", "take in an outside researcher's report", _report)
    talking.grant_argument(report)
    report.add_argument("file", metavar="FILE", type=Path, help="the file")
    register_options(report)


def _ask(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import approval, people

    text = talking.words_or_file
    with talking.sit_down(arguments) as desk:
        outcome = approval.justify(
            desk,
            approval.Answers(
                claim=arguments.claim,
                ground=arguments.ground,
                requirement=arguments.requirement,
                route=Route(arguments.route),
                route_note=text(arguments.route_note),
                confirms=text(arguments.confirms),
                refutes=text(arguments.refutes),
                source=arguments.source,
                holder=people.person(desk, arguments.holder).id,
                reason=text(arguments.reason),
                note=text(arguments.note),
                address=arguments.address,
                third_party=arguments.third_party,
            ),
        )
        made = {
            "justification": outcome.justification,
            "decision": outcome.decision,
            "referral": outcome.referral,
            "grant": outcome.grant,
            "letter": outcome.letter,
        }
        words = [f"{outcome.justification.id}  {outcome.decision.verdict}"]
        if outcome.grant:
            words.append(f"{outcome.grant.id}  until {outcome.grant.not_after:%-d %B %Y}")
        if outcome.referral:
            words.append(f"{outcome.referral.id}  due {outcome.referral.due:%-d %B %Y}")
        if outcome.letter:
            words.append(outcome.letter)
        talking.show(arguments, made, *words)
        if outcome.decision.verdict is Verdict.PERMIT:
            return ExitCode.DONE
        code = talking.refused(outcome.decision.reasons)
        return code if outcome.decision.verdict is Verdict.REFUSE else ExitCode.DONE


def _referrals(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import referrals

    with talking.sit_down(arguments) as desk:
        for one in referrals.waiting(desk):
            words = f"{one.referral}  due {one.due:%Y-%m-%d}  {one.vacancy_title}, {one.school}"
            talking.show(arguments, one, words, f"  “{one.quote}”", f"  {one.reason}")
    return ExitCode.DONE


def _decide(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import referrals

    with talking.sit_down(arguments) as desk:
        referral = referrals.decide(
            desk,
            arguments.referral,
            Verdict(arguments.verdict),
            talking.words_or_file(arguments.why),
            yes_no_only=arguments.yes_no_only,
        )
        talking.show(arguments, referral, f"{referral.id}  {referral.verdict}")
    return ExitCode.DONE


def _take_up(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import approval

    with talking.sit_down(arguments) as desk:
        grant = approval.take_up(desk, arguments.referral)
        talking.show(arguments, grant, f"{grant.id}  until {grant.not_after:%-d %B %Y}")
        if not grant.hosts and not arguments.json:
            say("The claim names no place to look. This letter asks the applicant:")
            say(approval.letter(desk, grant.id))
    return ExitCode.DONE


def _grants(arguments: argparse.Namespace) -> int:
    from recruitcheck.records import Grant
    from recruitcheck.steps import search

    with talking.sit_down(arguments) as desk:
        for one in desk.all(Grant):
            places = ", ".join(search.places(desk, one))
            talking.show(arguments, one, f"{one.id}  {one.applicant}  {one.source}  {places}")
    return ExitCode.DONE


def _revoke(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import approval

    with talking.sit_down(arguments) as desk:
        approval.revoke(desk, arguments.grant, talking.words_or_file(arguments.why))
        talking.show(arguments, {"revoked": arguments.grant}, f"{arguments.grant} is taken back.")
    return ExitCode.DONE


def _look_up(arguments: argparse.Namespace) -> int:
    from recruitcheck.cli import looking

    with talking.sit_down(arguments) as desk:
        sight = looking.look_up(desk, arguments.grant, lambda line: say(talking.safe(line)))
        code = _seen(arguments, sight)
        if sight.lookup.outcome != "done":
            say(f"  {looking.left(desk, sight)}")
        return code


def _observed(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import search

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        seen = search.Observation(
            address=arguments.address,
            text=text,
            seen_on=arguments.seen_on or desk.today,
            published=arguments.published,
            author=arguments.author,
            public=arguments.public,
            not_logged_in=arguments.not_logged_in,
            no_contact=arguments.no_contact,
        )
        return _seen(arguments, search.observe(desk, arguments.grant, seen))


def _fact(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import search

    with talking.sit_down(arguments) as desk:
        sight = search.typed(
            desk,
            arguments.grant,
            fact=arguments.fact,
            seen=not arguments.not_seen,
            seen_on=arguments.seen_on or desk.today,
            address=arguments.address,
        )
        return _seen(arguments, sight)


def _supply(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import search

    item = search.SuppliedItem(
        filename=arguments.file.name if arguments.file else "",
        data=talking.file_bytes(arguments.file) if arguments.file else b"",
        text=talking.words_or_file(arguments.text) if arguments.text else "",
        address=arguments.address,
        published=arguments.published,
    )
    with talking.sit_down(arguments) as desk:
        return _seen(arguments, search.supplied(desk, arguments.grant, item))


def _kept(arguments: argparse.Namespace) -> int:
    from recruitcheck.records import Sight
    from recruitcheck.steps import search

    with talking.sit_down(arguments) as desk:
        sight = desk.get(Sight, arguments.lookup)
        evidence = search.keep(desk, sight, arguments.judge)
        talking.show(
            arguments, evidence, f"{evidence.id}  {len(evidence.passages)} passage(s) kept"
        )
    return ExitCode.DONE


def _instruct(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import instructions

    with talking.sit_down(arguments) as desk:
        made = instructions.instruct(desk, arguments.grant, arguments.researcher)
    instructions.write(made, arguments.folder)
    words = f"Written to {arguments.folder}. Send both files: letter.txt, instruction.json."
    talking.show(arguments, {"folder": str(arguments.folder)}, words)
    return ExitCode.DONE


def _report(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import thirdparty

    data = talking.file_bytes(arguments.file)
    with talking.sit_down(arguments) as desk:
        return _seen(arguments, thirdparty.report(desk, arguments.grant, data))


def _seen(arguments: argparse.Namespace, sight: Sight) -> int:
    """Print what a use of a grant showed; 3 where the source did not answer, and as shells have
    it where somebody stopped it."""
    from recruitcheck.sources.items import UNDATED
    from recruitcheck.steps.search import CONSTANT_SENTENCE

    words = [f"{sight.lookup.id}  {sight.lookup.outcome}"]
    for passage in sight.passages:
        dated = f"{passage.published:%-d %B %Y}" if passage.published else "date unknown"
        words += [f"  “{passage.text}”", f"    {passage.address or passage.mark}, {dated}"]
    talking.show(arguments, sight, *words)
    if sight.lookup.outcome != "failed":
        say(CONSTANT_SENTENCE)
        return INTERRUPTED if sight.lookup.outcome == "stopped" else ExitCode.DONE
    say(f"recruitcheck: {talking.safe(sight.lookup.message)}")
    if any(attempt.message == UNDATED for attempt in sight.attempts):
        say("  If it has a date, give it: --published DAY, or “published” in a report.")
    outside = any(attempt.outcome == "refused" for attempt in sight.attempts)
    return ExitCode.CHECK_FAILED if outside else ExitCode.OUT_OF_REACH
