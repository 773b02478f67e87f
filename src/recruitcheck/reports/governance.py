"""Papers that answer for the processing: record (Art. 30), assessment (Art. 35), lawful basis.

They are filled from the register's settings and the policy pack, so that they say what is done
here and not what a template says. What only people can judge is left as a question, marked “To be
answered by”.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from recruitcheck.reports.paper import Block, Facts, Paper, Points, Section, section, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the papers are filled with."""

    organisation: str
    made_at: datetime
    made_by: str
    schools: tuple[str, ...]
    policy_title: str
    policy_version: str
    policy_source: str
    review_due: date
    approval: tuple[tuple[str, str], ...]
    contacts: Mapping[str, str]
    clauses: Mapping[str, str]
    grounds: tuple[tuple[str, str, str], ...]
    """(title, clause, why)"""
    sources: tuple[tuple[str, str, str], ...]
    """(title, manner, why)"""
    content_months: int
    skeleton_months: int
    grant_hours: int
    max_requests: int
    reply_days: int
    threshold: int
    roles: tuple[tuple[str, int], ...]
    """(role, how many hold it)"""
    figures: Mapping[str, int]
    third_parties: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


_MEASURES = (
    "no search without words of the application that it checks; the query is put together from "
    "those words and cannot be typed",
    "nine protected characteristics, politics, union membership, health and criminal matters, and "
    "their usual stand-ins, are refused as aims, in ten languages and through common disguises",
    "whoever looks is not on the interview panel; the panel gets one line",
    "where the program reads a page, a lens in a separate, limited process shows only passages "
    "that bear on the claim; the rest is not kept",
    "each person has keys of their own; what is read is sealed to those who need it, and each "
    "applicant's records have keys that can be destroyed",
    "every request, refusal and look is entered, signed, in a record that cannot be changed unseen",
    "HR audits every request; an equality reviewer decides doubtful ones without knowing whose",
    "figures about groups are seen by equality reviewers alone, small groups never",
    "a contradiction counts only after the applicant was invited to answer; nothing found counts "
    "for nothing",
)

_DATA = (
    (
        "Applicants",
        "name, application documents as text, quoted claims, passages "
        "of public pages that bear on them, findings, replies",
    ),
    ("Candidates approached", "name, where they advertise themselves"),
    (
        "Members of staff",
        "name, role, what they asked for, decided and read, and when",
    ),
    (
        "Equality monitoring",
        "answers under a pseudonym, sealed to equality "
        "reviewers; only tables without small groups leave",
    ),
)
"""People, and which data of theirs."""

_ALTERNATIVES = (
    "asking the applicant, a certificate, a reference, a task at interview: tried "
    "or answered for before every search",
    "no searching at all: possible; claims that matter would then rest on trust",
    "a screening company: rejected, because it looks at everything and at the "
    "person instead of the claim",
    "a search engine by name: rejected, because it shows what must not be known",
)

_RISKS = (
    ("A protected characteristic is learned and plays a part", "possible", "severe",
     "composed query, screening, lens, looker off the panel, equality review; a person who "
     "reads a page in the browser still sees all of it", "medium"),
    ("The wrong person is taken for the applicant", "possible", "severe",
     "a finding needs an address, handle or title the applicant gave; reply before use", "low"),
    ("Searching becomes routine or unequal", "possible", "serious",
     "one claim at a time, patterns, comparable claims shown to the reviewer", "low"),
    ("Somebody looks outside the tool", "likely", "serious",
     "quick honest route, declarations, amnesty; the tool cannot see a telephone", "medium"),
    ("Records are kept too long or destroyed too early", "possible", "serious",
     "two clocks, holds, destruction of keys with certificate", "low"),
    ("The record is altered to hide a search", "unlikely", "serious",
     "signed entries in a tree, heads remembered by every member and by an outside witness",
     "low"),
    ("Keys are lost or stolen", "possible", "severe",
     "passphrases stretched by Argon2id, recovery sheet under lock, leaver procedure", "low"),
)  # fmt: skip
"""Risk, how likely, how severe, what is done about it, what remains."""


def processing_record(given: Settings) -> Paper:
    """The record of processing activities (UK GDPR 30), as long as the paper."""
    return _paper(
        given,
        "Record of processing: checking claims in applications",
        section(
            "Who answers for it",
            Facts(
                facts=(
                    ("Controller", given.organisation),
                    ("Schools", ", ".join(given.schools) or "none yet"),
                    ("Data protection officer", given.contacts.get("data_protection", "")),
                    ("Contact for applicants", given.contacts.get("applicants", "")),
                    ("Policy", f"{given.policy_title}, version {given.policy_version}"),
                )
            ),
        ),
        section(
            "What for",
            "To confirm or refute one claim that an applicant made in this recruitment, where it "
            "bears on a line of the person specification; and to find candidates who advertise "
            "themselves to employers.",
        ),
        section(
            "Whose data, and which",
            table(
                ("People", "Data"),
                _DATA,
            ),
            "Special categories are not sought. Met by accident, what the program recognises is "
            "withheld before anybody sees it, and counted without its kind; whoever reads a public "
            "page in person notes only what bears on the claim. Appropriate policy document: to be "
            "named by the data protection officer.",
        ),
        section("Who receives it", _recipients(given)),
        section(
            "Transfers abroad",
            "No record is sent to a service. A look asks the site or service that the claim names "
            "for a public page or post; that site may lie abroad, and learns the address or handle "
            "asked for and the trust's own internet address.",
        ),
        section("Time limits", *_periods(given)),
        section("Security", Points(points=_MEASURES)),
    )


def assessment(given: Settings) -> Paper:
    """The data protection impact assessment (UK GDPR 35), as long as the paper."""
    return _paper(
        given,
        "Data protection impact assessment: checking claims in applications",
        section(
            "Why an assessment",
            "Access to a post can turn on what is found, and special-category data can be met by "
            "accident; the Information Commissioner's list asks for an assessment then.",
        ),
        section("Purpose and necessity", *_grounds(given)),
        section(
            "Alternatives considered",
            Points(points=_ALTERNATIVES),
        ),
        section(
            "How data flows",
            _flow(given),
            table(("Kind of source", "How it is looked at", "Why"), given.sources),
        ),
        section(
            "Risks",
            table(("Risk", "Likelihood", "Severity", "Measures", "What remains"), _RISKS),
        ),
        section("Measures", Points(points=_MEASURES)),
        section(
            "Effect on equality",
            f"Equality reviewers compare search figures by group each term; groups under "
            f"{given.threshold} people are not shown. Patterns are read case by case.",
        ),
        section("Figures so far", Facts(facts=tuple(given.figures.items()))),
        section("Warnings", Points(points=given.warnings) if given.warnings else "None."),
        *_to_answer(
            "Data protection officer's advice (to be answered by the data protection officer)",
            "Views of applicants or their representatives (to be answered by HR)",
            "Residual risk accepted, and why (to be answered by the trustees)",
        ),
        section("Sign-off", _signatures(given)),
    )


def lawful_basis(given: Settings, basis: str = "public task") -> Paper:
    """The public-task or legitimate-interests test, filled as far as settings can answer it."""
    interest = basis == "legitimate interests"
    title = "Legitimate interests assessment" if interest else "Public task test"
    return _paper(
        given,
        f"{title}: checking claims in applications",
        section(
            "Which basis",
            "Legitimate interests, UK GDPR Article 6(1)(f)."
            if interest
            else "Task in the public interest, UK GDPR Article 6(1)(e): appointing staff of a "
            "publicly funded school. A public authority acting in its task cannot lean on "
            "legitimate interests instead. The law that gives the task: to be named by the data "
            "protection officer.",
        ),
        section("Aim", *_grounds(given)),
        section(
            "Is it needed, and is there a less intrusive way?",
            "Each request names the less intrusive route that was tried, or why it cannot settle "
            "the claim. Without an answer there is no search. "
            f"So far {given.figures.get('Requests refused', 0)} of "
            f"{given.figures.get('Requests', 0)} requests were refused.",
        ),
        section(
            "What applicants can expect",
            "They are told in the notice before any search; without a notice on record there is "
            "none. Only what they pointed to themselves is looked at. They are told afterwards.",
        ),
        section(
            "Effect on them, and safeguards",
            Points(points=_MEASURES),
        ),
        section(
            "Balance",
            "The effect is small because one claim is checked at a place the applicant named; it "
            "would not be small if the person were looked up, which is refused. An objection stops "
            "searching until it is answered and is not held against anybody.",
        ),
        *_to_answer("Conclusion, with date (to be answered by the data protection officer)"),
        section("Sign-off", _signatures(given)),
    )


def _grounds(given: Settings) -> tuple[Block, ...]:
    return (
        "A search is permitted only for one of these reasons:",
        table(("Reason", "Policy clause", "Why"), given.grounds),
    )


def _recipients(given: Settings) -> Points:
    points = (
        "the person who looks (not on the panel)",
        "human resources",
        "equality reviewers, without the applicant's identity",
        "the interview panel: one line",
        "the applicant",
        *(f"outside researcher: {name}" for name in given.third_parties),
    )
    return Points(points=points)


def _flow(given: Settings) -> Points:
    return Points(
        points=(
            "application document, read as text on this computer and sealed",
            "quoted claim, justification, decision; refusals are kept as well",
            f"a grant for at most {given.max_requests} requests within {given.grant_hours} hours",
            "public page, read in a limited process or by a person who is not on the "
            "panel; passages that bear on the claim",
            "finding; reply within "
            f"{given.reply_days} days where it contradicts; one line to the panel",
            "destruction by keys",
        ),
        numbered=True,
    )


def _periods(given: Settings) -> tuple[Block, ...]:
    facts = Facts(
        facts=(
            ("Content (quotes, passages, findings)", f"{given.content_months} months after the "
             "appointment decision, or the shorter period of a reason; paused by holds and access "
             "requests"),
            ("Entries without content", f"{given.skeleton_months} months after the destruction"),
        )
    )  # fmt: skip
    return (facts, Points(points=given.warnings)) if given.warnings else (facts,)


def _signatures(given: Settings) -> Facts:
    return Facts(
        facts=(
            *((f"{name}, {role}", "signature and date: ____________________")
              for name, role in given.approval),
            ("Data protection officer", "signature and date: ____________________"),
            ("Next review", given.review_due),
        )
    )  # fmt: skip


def _to_answer(*questions: str) -> Sequence[Section]:
    return [section(question, "____________________________________") for question in questions]


def _paper(given: Settings, title: str, *sections: Section) -> Paper:
    return Paper(
        title=title,
        organisation=given.organisation,
        made_at=given.made_at,
        made_by=given.made_by,
        about=f"Policy: {given.policy_source}. Pack version {given.policy_version}.",
        sections=sections,
    )
