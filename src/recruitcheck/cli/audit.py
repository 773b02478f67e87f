"""Commands for HR's audit: the list, what needs attention, samples, notes and questions."""

from __future__ import annotations

import argparse
from pathlib import Path

from recruitcheck.cli import talking
from recruitcheck.cli.failing import ExitCode, say
from recruitcheck.cli.talking import Commands, command, group, register_options

_FORMS = ("csv", "jsonl", "html")
_FILTER = (
    "key:value or -key:value with state, by, school, vacancy, applicant, ground, decision, rule, "
    "before, after; a bare word is looked for in all of these (not in quotes or reasons, which are "
    "sealed); all joined by and"
)


def add(commands: Commands) -> None:
    """Add `audit`."""
    audit = group(commands, "audit", "what was asked for, permitted or not")
    listed = command(audit, "list", "list requests, oldest first", _list)
    listed.add_argument("--filter", default="", metavar="TEXT", help=_FILTER)
    register_options(listed)
    export = command(
        audit, "export", "write the list to a file; that it was made is an entry", _out
    )
    export.add_argument("--format", choices=_FORMS, help="default: by the file's ending")
    export.add_argument("file", metavar="FILE", type=Path, help="the file to write")
    export.add_argument("--filter", default="", metavar="TEXT", help=_FILTER)
    export.add_argument("--recipient", default="", metavar="NAME", help="whom it is for")
    register_options(export)
    attention = command(audit, "exceptions", "list what is out of the ordinary", _exceptions)
    register_options(attention)
    sample = command(
        audit,
        "sample",
        "draw requests at random; seed and draw are entered, so that anybody can draw again",
        _sample,
    )
    sample.add_argument("size", metavar="N", type=int, help="how many")
    sample.add_argument("--filter", default="", metavar="TEXT", help=_FILTER)
    sample.add_argument("--seed", default="", metavar="TEXT", help="default: a fresh one")
    register_options(sample)
    _words(audit, "note", "write a note about a request; only HR reads it", _note, "REQUEST")
    _words(audit, "ask", "put a question to who asked for a search", _ask, "REQUEST")
    asked = command(audit, "questions", "list the questions that wait", _questions)
    asked.add_argument("--all", action="store_true", help="settled ones too")
    register_options(asked)
    _words(audit, "answer", "answer a question from HR about your request", _answer, "QUESTION")
    _words(audit, "accept", "accept the answer to a question", _accept, "QUESTION")


def _words(audit: Commands, name: str, does: str, do: talking.Do, metavar: str) -> None:
    """A command that writes words about one thing."""
    made = command(audit, name, does, do)
    made.add_argument("subject", metavar=metavar, help="its id, from the list")
    made.add_argument("text", metavar="TEXT", help="the words, or @FILE, or -")
    register_options(made)


def _list(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight
    from recruitcheck.steps.audit_export import as_json

    with talking.sit_down(arguments) as desk:
        rows = oversight.audit(
            desk, arguments.filter, progress=talking.patience("Reading the record")
        )
        for row in rows:
            about = f"{row.decision or row.state:<9} {row.applicant or '-':<7} {row.vacancy}"
            line = f"{row.id}  {row.at:%Y-%m-%d %H:%M}  {about}  {row.by}  {', '.join(row.rule)}"
            talking.show(arguments, as_json(row), line.rstrip())
        say(f"{len(rows)} line(s).")
    return ExitCode.DONE


def _out(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight

    form = talking.form_of(arguments, _FORMS)

    with talking.sit_down(arguments) as desk:
        pieces = oversight.export(
            desk,
            form,
            filter=arguments.filter,
            recipient=arguments.recipient,
            progress=talking.patience("Writing"),
        )
        talking.write(arguments.file, pieces)
    say(f"Written to {arguments.file}.")
    return ExitCode.DONE


def _exceptions(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import exceptions

    with talking.sit_down(arguments) as desk:
        found = exceptions.exceptions(desk)
        for one in found:
            about = f"{one.since:%Y-%m-%d}  {one.applicant or '-':<7} {one.subject:<11}"
            made = {
                "kind": one.kind,
                "subject": one.subject,
                "applicant": one.applicant,
                "since": one.since.isoformat(),
                "words": one.words,
            }
            talking.show(arguments, made, f"{about}  {one.words}")
        say(f"{len(found)} line(s)." if found else "Nothing is out of the ordinary.")
    return ExitCode.DONE


def _sample(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight

    with talking.sit_down(arguments) as desk:
        made = oversight.sample(desk, arguments.size, filter=arguments.filter, seed=arguments.seed)
        drawn = f"{made.id}  {len(made.drawn)} of {made.among} drawn with seed {made.seed}"
        talking.show(arguments, made, drawn, *made.drawn)
    return ExitCode.DONE


def _note(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        made = oversight.note(desk, arguments.subject, text)
        talking.show(arguments, made, f"{made.id}  noted.")
    return ExitCode.DONE


def _ask(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        made = oversight.ask(desk, arguments.subject, text)
        talking.show(arguments, made, f"{made.id}  asked.")
    return ExitCode.DONE


def _questions(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight

    with talking.sit_down(arguments) as desk:
        for one in oversight.questions(desk, open_only=not arguments.all):
            made = {
                "question": one.question,
                "answers": one.answers,
                "accepted": one.accepted,
                "to": one.to,
            }
            told = [f"    {answer.text}" for answer in one.answers]
            about = ", ".join(one.question.subjects)
            talking.show(arguments, made, f"{one.question.id}  {about}: {one.question.text}", *told)
    return ExitCode.DONE


def _answer(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        made = oversight.answer(desk, arguments.subject, text)
        talking.show(arguments, made, f"{made.id}  answered.")
    return ExitCode.DONE


def _accept(arguments: argparse.Namespace) -> int:
    from recruitcheck.steps import oversight

    text = talking.words_or_file(arguments.text)
    with talking.sit_down(arguments) as desk:
        made = oversight.accept(desk, arguments.subject, text)
        talking.show(arguments, made, f"{made.id}  accepted.")
    return ExitCode.DONE
