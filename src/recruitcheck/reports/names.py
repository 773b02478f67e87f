"""What records call things, as a paper calls them; whatever is not listed stays as it is."""

from __future__ import annotations

ENTRIES = {
    "applicant-added": "applicant added",
    "applicant-changed": "applicant changed",
    "breach": "breach report",
    "case-shared": "case handed to another person",
    "claim-marked": "claim marked",
    "correction": "correction by the applicant",
    "decision": "decision of the rules",
    "disclosure": "paper handed out",
    "document-added": "document added",
    "evidence-kept": "passages kept",
    "finding": "finding",
    "grant": "permission given",
    "grant-revoked": "permission taken back",
    "hold": "hold set",
    "hold-lifted": "hold lifted",
    "justification": "request",
    "lookup": "look begun",
    "lookup-result": "look ended",
    "objection": "searching stopped or allowed again",
    "objection-said": "objection, or its answer",
    "panel-line": "panel told",
    "referral": "sent to an equality reviewer",
    "referral-blind": "view without the name made",
    "referral-decided": "equality reviewer decided",
    "reply": "reply of the applicant",
    "review": "note or question",
    "shred-done": "destruction done",
    "shred-intent": "destruction begun",
    "sourcing-asked": "candidate search asked for",
}

ROUTES = {
    "asked_applicant": "The applicant was asked",
    "certificate": "A certificate was asked for",
    "reference": "A reference was taken up",
    "interview_task": "A task at interview",
    "cannot_settle": "No other way can settle it",
}

LOOKS = {
    "fetch": "read by the program",
    "observation": "seen by a person on the public page",
    "supplied": "brought by the applicant",
    "third_party": "reported by an outside researcher",
}

REPLIES = {
    "invited": "an answer is waited for",
    "replied": "answered, not weighed yet",
    "lapsed": "no answer came in time",
    "weighed": "the answer was weighed",
    "closed": "closed",
}

PAPERS = {
    "access-bundle": "copy of the records (access request)",
    "article-14": "letter after a search",
    "breach-pack": "records for an investigation",
    "instruction": "instruction to an outside researcher",
    "monitoring-copy": "what the equality reviewers hold",
    "receipt": "receipt",
    "record": "record of one request",
}

EXCEPTIONS = {
    "article-14-due": "Applicants searched three weeks ago or longer and not told by letter",
    "barred-person-acted": "Acts of somebody barred from the decision",
    "breach-clock-over": "Breaches past their 72 hours with no word on reporting",
    "case-left-alone": "Cases whose recruiter has left",
    "candidate-not-told": "Candidates not told in time how they were found",
    "expired-grant": "Permissions that ended unused",
    "lapsed-reply": "Replies that did not come in time, not recorded as such",
    "missing-notice": "Shortlisted applicants with no notice on record",
    "overdue-referral": "Referrals past their deadline",
    "overdue-retention": "Records overdue for destruction",
    "policy-review-overdue": "Policy pack overdue for review",
    "reviewers-own-act": "Requests by people who also review",
    "training-lapsed": "People whose training has lapsed",
    "unweighed-reply": "Replies that wait to be weighed",
}

SIGNALS = {
    "burst": "Many requests within minutes",
    "far-from-the-rest": "One person far from the rest",
    "like-claims-unlike": "Like claims treated differently",
    "reason-reused": "One reason, different claims",
    "share-of-applicants": "Large part of a post searched",
    "sourced-then-applied": "Candidate, then searched",
}


def plain(known: dict[str, str], id: str) -> str:
    """The words for an id, or the id itself without its hyphens."""
    return known.get(id) or id.replace("-", " ").replace("_", " ")
