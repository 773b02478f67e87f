"""Code on GitHub that the application names: a repository's description and the person's commits.

Cannot say: what lies in private repositories, who wrote code that was committed under another
name, or how good it is. Addresses for electronic mail are never taken. GitHub's terms forbid
selling personal data to recruiters, so this source is not given to outside researchers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.address import allowed
from recruitcheck.sources.items import base, day_end, day_start, moment, plain_handle
from recruitcheck.sources.reading import answer, at, question, rows, table, words

HOST = "api.github.com"
PER_PAGE = 100
_PLACE = re.compile(r"github\.com/([A-Za-z0-9-]{1,39})(?:/([A-Za-z0-9._-]{1,100}))?", re.ASCII)
_LOGIN = re.compile(r"@?([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))", re.ASCII)


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield the named repositories and the granted person's commits to them.

    Raises:
        LookupFailed: the claim names neither repository nor account.
    """
    login, repositories = _named(grant)
    if not repositories:
        yield from _own_repositories(grant, fetch, login)
        return
    for owner, name in repositories:
        told = table(fetch(f"{base(grant, HOST)}/repos/{owner}/{name}"))
        if told.get("private") is not False and "private" in told:
            continue
        yield _repository(told)
        yield from _commits(grant, fetch, owner, name, login or owner)


def _named(grant: Grant) -> tuple[str, list[tuple[str, str]]]:
    """The account whose work is claimed, and the repositories that the claim names."""
    found = [m for text in grant.addresses if (m := _PLACE.search(text))]
    repositories = [(m[1], m[2].removesuffix(".git")) for m in found if m[2]]
    logins = [m[1] for text in grant.handles if (m := _LOGIN.fullmatch(text.strip()))]
    login = logins[0] if logins else next((m[1] for m in found if not m[2]), "")
    if not login and not repositories:
        raise LookupFailed(
            "The claim names no account or repository.", "Ask the applicant for its address."
        )
    return login, list(dict.fromkeys(repositories))


def _own_repositories(grant: Grant, fetch: Fetch, login: str) -> Iterator[Item]:
    asked = question(f"{base(grant, HOST)}/users/{login}/repos", per_page=PER_PAGE)
    found = answer(fetch(asked))
    for told in rows(found):
        owner = words(told, "owner", "login")
        # a fork is somebody else's work under one's own name
        if plain_handle(owner) == plain_handle(login) and told.get("fork") is False:
            yield _repository(told)


def _repository(told: dict[str, object]) -> Item:
    name = words(told, "full_name")
    lines = [name, words(told, "description"), f"Created: {words(told, 'created_at')[:10]}"]
    return Item(
        url=words(told, "html_url"),
        title=name,
        text="\n".join(line for line in lines if line),
        author=f"{words(told, 'owner', 'id')} {words(told, 'owner', 'login')} github.com/{name}",
        published=moment(words(told, "created_at")),
    )


def _commits(grant: Grant, fetch: Fetch, owner: str, name: str, login: str) -> Iterator[Item]:
    narrowed: dict[str, str | int] = {"author": login}
    if grant.since is not None:
        narrowed["since"] = day_start(grant.since)
    if grant.until is not None:
        narrowed["until"] = day_end(grant.until)
    place = f"{base(grant, HOST)}/repos/{owner}/{name}/commits"
    number = 1
    while True:
        paging = {} if number == 1 else {"page": number}
        asked = question(place, **narrowed, per_page=PER_PAGE, **paging)
        if number > 1 and allowed(grant, asked):
            return
        found = answer(fetch(asked))
        for told in rows(found):
            if plain_handle(words(told, "author", "login")) == plain_handle(login):
                yield _commit(told)
        if not isinstance(found, list) or len(found) < PER_PAGE:
            return
        number += 1


def _commit(told: dict[str, object]) -> Item:
    message = words(told, "commit", "message")
    # trailers such as Co-authored-by name other people
    own = [line for line in message.splitlines() if not re.match(r"[\w-]+-by:", line, re.I)]
    return Item(
        url=words(told, "html_url"),
        title=own[0] if own else "",
        text="\n".join(own).strip(),
        author=f"{words(told, 'author', 'id')} {words(told, 'author', 'login')}",
        published=moment(at(told, "commit", "author", "date")),
    )
