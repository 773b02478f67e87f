"""Answers that stand in front of the page: log-in forms and robot challenges.

They are recognised and the lookup ends. Nothing is filled in, solved or tried another way: a page
that asks who is looking is not public, and one that turns robots away has answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from recruitcheck.errors import LookupFailed
from recruitcheck.sources.guard.answer import HTML

_MOST_TEXT = 1500
"""Visible characters up to which a page with a password field is a log-in page. A blog with a
log-in box in its margin has more to say than that."""

_MOST_LOOKED_AT = 262_144
"""Characters in which a wall is looked for; walls are short and stand at the beginning."""
_CHALLENGE = (
    *("/cdn-cgi/challenge-platform/", "cf-browser-verification", "_cf_chl_opt", "cf-turnstile"),
    *("g-recaptcha", "h-captcha", "hcaptcha.com/1/api", "px-captcha", "captcha-delivery.com"),
    *("awswafintegration", "aws-waf-token", "/_incapsula_resource", "distil_r_captcha"),
    *("ddos-guard", "sucuri_cloudproxy", "anubis_challenge", "geo.captcha", "akamai-bot"),
    *("vercel security checkpoint", "friendlycaptcha", "altcha-widget"),
)
"""Marks of the common challenges, in small letters. Plain search: it takes microseconds where one
pattern of alternatives takes milliseconds."""
_CHALLENGE_TITLE = re.compile(
    r"just a moment|attention required|checking your browser|making sure you.{0,3}re not a bot|"
    r"are you (?:a |an )?(?:robot|human)|verify (?:that )?you are (?:a )?human|"
    r"security check|access denied|pardon our interruption|please wait\.\.\.|"
    r"ddos protection|one more step|bot verification|human verification|captcha",
    re.IGNORECASE,
)
_LOG_IN_TITLE = re.compile(
    r"\b(?:log[ -]?in|sign[ -]?in|log[ -]?on|anmelden|einloggen|se connecter|connexion|"
    r"iniciar sesi[oó]n|zaloguj|mewngofnodi|authenti[ck]at|authoriz)",
    re.IGNORECASE,
)
_LOG_IN_PATH = re.compile(
    r"/(?:wp-login\.php|log-?in|sign-?in|logon|sso|oauth2?|auth|checkpoint)(?:[/.]|$)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"<input\b[^<>]{0,400}?\btype\s*=\s*[\"']?password\b")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,300})")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,20})?[^<>]{0,5000}>", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "title"})


def check_status(status: int) -> None:
    """Refuse an answer whose number says that there is nothing to read.

    Raises:
        LookupFailed: with words for the kind of number.
    """
    if status in (200, 203):
        return
    if status in (401, 403, 407):
        raise LookupFailed(
            "The source shows this only to people who are logged in, or not to programs.",
            "Ask the applicant to bring the item; nothing is tried another way.",
        )
    if status in (404, 410):
        raise LookupFailed(
            "There is nothing at this address.",
            "That says nothing against anyone. Check the address, or ask the applicant.",
        )
    if status == 429:
        raise LookupFailed("The source asks to be left alone for now.", "Try again another day.")
    if status == 451:
        raise LookupFailed(
            "The source may not show this for legal reasons.", "Ask the applicant instead."
        )
    if status >= 500:
        raise LookupFailed("The source is out of order.", "Try again later.")
    raise LookupFailed("The source did not answer with a page.", "Check the address.")


def check_page(kind: str, headers: Mapping[str, str], path: str, text: str) -> None:
    """Refuse a page that is a log-in form or a challenge, although its number says 200.

    Raises:
        LookupFailed: it is one.
    """
    if headers.get("cf-mitigated", "").lower() == "challenge" or "x-amzn-waf-action" in headers:
        raise _challenge()
    if kind not in HTML:
        return
    start = text[:_MOST_LOOKED_AT].lower()
    title = _TITLE.search(start) if "<title" in start else None
    name = title[1] if title else ""
    password = "password" in start and _PASSWORD.search(start) is not None
    marked = any(mark in start for mark in _CHALLENGE)
    named = bool(name) and _CHALLENGE_TITLE.search(name) is not None
    if not (password or marked or named):
        return
    short = _is_short(text)
    if short and (marked or named):
        raise _challenge()
    if password and (short or _LOG_IN_TITLE.search(name) or _LOG_IN_PATH.search(path)):
        raise LookupFailed(
            "The source asks for a log-in, so this is not public.",
            "Ask the applicant to bring the item; nothing is tried another way.",
        )


def _challenge() -> LookupFailed:
    return LookupFailed(
        "The source wants proof that a person is looking, and this is a program.",
        "Ask the applicant to bring the item; nothing is tried another way.",
    )


def _is_short(text: str) -> bool:
    """Whether a person would see little on this page. One pass, whatever the markup."""
    seen = 0
    hidden = ""
    end = 0
    for tag in _TAG.finditer(text):
        name = (tag[2] or "").lower()
        if not hidden:
            seen += len("".join(text[end : tag.start()].split()))
            if seen >= _MOST_TEXT:
                return False
            hidden = name if name in _UNSEEN and not tag[1] else ""
        elif tag[1] and name == hidden:
            hidden = ""
        end = tag.end()
    return hidden != "" or seen + len("".join(text[end:].split())) < _MOST_TEXT
