"""The pack: everything wrong at once, in words for the people who edit it."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from recruitcheck.cli.trying_request import answer
from recruitcheck.errors import PolicyError
from recruitcheck.records import Problem
from recruitcheck.rules import folder as folder_of_pack
from recruitcheck.rules import grounds, policytools
from recruitcheck.rules.decide import RULES
from recruitcheck.rules.pack import Example, Ground, Limits, Pack, Policy, Retention, Source

DOCS = Path(__file__).resolve().parents[2] / "docs"
TODAY = date(2026, 11, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped pack that a test may spoil."""
    return Path(shutil.copytree(grounds.find_folder(), tmp_path / "pack"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Change one place of one file."""
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_shipped_pack_has_no_problem() -> None:
    """What is shipped is whole, in force and reviewed."""
    assert grounds.check(grounds.find_folder(), TODAY) == ()


def test_every_mistake_is_reported_at_once_with_the_nearest_name(folder: Path) -> None:
    """One run lists wrong keys, wrong types and missing references of all files."""
    edit(folder, "policy.toml", "grant_hours = 72", "grant_hors = 72")
    edit(folder, "policy.toml", "reply_days = 7", 'reply_days = "seven"')
    edit(folder, "grounds/published-work.toml", '"publication", "web_page"', '"publicaton", "web"')
    edit(folder, "grounds/published-work.toml", 'clause = "7(b)"', 'clause = "7(z)"')
    edit(folder, "sources/youtube.toml", 'manner = "adapter"', 'manner = "adaptor"')
    problems = grounds.check(folder, TODAY)
    said = {(p.path, p.key): p.message for p in problems}
    assert "Did you mean `grant_hours`?" in said["policy.toml", "limits.grant_hors"]
    assert said["policy.toml", "limits.grant_hours"] == "This key is missing."
    assert said["policy.toml", "limits.reply_days"] == "This must be a whole number."
    assert "Did you mean `adapter`?" in said["sources/youtube.toml", "manner"]


def test_references_between_files_are_checked(folder: Path) -> None:
    """A ground that names an unknown source, clause, answer or rule is told so."""
    name = "grounds/published-work.toml"
    edit(folder, name, '"publication", "web_page"', '"publicaton", "web_page"')
    edit(folder, name, 'clause = "7(b)"', 'clause = "7(z)"')
    edit(folder, name, '"confirms"', '"confirm"')
    edit(folder, name, 'rule = "query-from-quote"', 'rule = "query-from-quotes"')
    edit(folder, name, "max_requests = 8", "max_requests = 800")
    keys = {p.key for p in grounds.check(folder, TODAY) if p.path == name}
    assert keys == {"sources[1]", "clause", "asked[3]", "examples[2].rule", "limits.max_requests"}


def test_a_source_says_what_reads_it_and_which_claims_it_settles(folder: Path) -> None:
    """A source that nothing reads would be found out only when somebody looks."""
    edit(folder, "sources/youtube.toml", 'adapter = "youtube"', "")
    edit(folder, "sources/github.toml", 'kinds = ["code"]', 'kinds = ["coding"]')
    said = {(p.path, p.key): p.message for p in grounds.check(folder, TODAY)}
    assert said.keys() == {("sources/youtube.toml", "adapter"), ("sources/github.toml", "kinds[1]")}
    assert "There is no kind of claim `coding`" in said["sources/github.toml", "kinds[1]"]


def test_a_misspelt_kind_of_claim_is_named(folder: Path) -> None:
    """Else the ground would silently serve no claim of that kind."""
    file = folder / "grounds/published-work.toml"
    file.write_text(file.read_text().replace('"publication"', '"publicaton"', 1))
    (problem,) = grounds.check(folder, TODAY)
    assert problem.key.startswith("claims[")
    assert "Did you mean `publication`?" in problem.message


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("policy.toml", "[contacts.safeguarding]", "[contacts.safe]", "contacts.safeguarding"),
        ("policy.toml", "max_bytes = 2097152", "max_bytes = 0", "limits.max_bytes"),
        ("policy.toml", "reply_days = 7", "reply_days = 0", "limits.reply_days"),
        ("policy.toml", "minimum_group = 6", "minimum_group = 5", "limits.minimum_group"),
        (
            "grounds/published-work.toml",
            "version = 1",
            "version = 1\nuntil = 2026-01-04",
            "until",
        ),
        ("grounds/published-work.toml", "version = 1", 'version = 1\nid = "work"', "id"),
        ("rules.toml", 'clause = "4.1"', 'clause = "4.11"', "invisible-characters.clause"),
        ("rules.toml", 'ask = "safeguarding"', 'ask = "dsl"', "safeguarding-route.ask"),
        ("rules.toml", "[adult]", "[adults]", "adults"),
    ],
)
def test_a_setting_that_takes_a_protection_away_is_a_mistake(
    folder: Path, name: str, old: str, new: str, key: str
) -> None:
    """Nobody to turn to, no limit left, a group too small to count, words for no rule."""
    edit(folder, name, old, new)
    assert key in {p.key for p in grounds.check(folder, TODAY) if p.path == name and not p.warning}


@pytest.mark.parametrize(("part", "ends"), [("references", "examples"), ("examples", "")])
def test_a_ground_says_where_it_comes_from_and_gives_an_example(
    folder: Path, part: str, ends: str
) -> None:
    """A permission that nobody can trace, or that shows no case, does not come into force."""
    file = folder / "grounds/published-work.toml"
    before, _, after = file.read_text().partition(f"[[{part}]]")
    file.write_text(before + (f"[[{ends}]]" + after.partition(f"[[{ends}]]")[2] if ends else ""))
    assert [p.key for p in grounds.check(folder, TODAY)] == [part]


@pytest.mark.parametrize("gone", ["policy.toml", "rules.toml"])
def test_a_pack_without_one_of_its_files_says_which(folder: Path, gone: str) -> None:
    """Whoever copies a pack by hand learns what was left behind."""
    (folder / gone).unlink()
    assert gone in {p.path for p in grounds.check(folder, TODAY)}


def test_an_unusable_pack_raises_with_every_problem(folder: Path) -> None:
    """Loading refuses a pack with a mistake, and carries the whole list."""
    edit(folder, "policy.toml", "grant_hours = 72", "grant_hors = 72")
    with pytest.raises(PolicyError) as caught:
        grounds.load(folder)
    assert len(caught.value.problems) == 2
    assert "policy check" in caught.value.hint


def test_words_for_a_rule_that_does_not_exist_are_no_pack_to_work_by(folder: Path) -> None:
    """An effect chosen under a misspelt name would not be in force, and nobody would know."""
    edit(folder, "rules.toml", "[adult]", "[adults]")
    with pytest.raises(PolicyError, match="adults") as caught:
        grounds.load(folder)
    (problem,) = caught.value.problems
    assert problem.message == "There is no rule `adults`. Did you mean `adult`?"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("[words]", "[wordz]", "wordz"),
        ("[phrases]\n", "[phrases]\nasks = 'x'\n", "phrases.asks"),
        ("[words]\n", '[words]\nnames = ["x"]\n', "words.names"),
        ('rule = "protected-religion"', "", "rule"),
        ('rule = "', 'outcome = "refused"\nrule = "', "outcome"),
    ],
)
def test_a_refusal_file_that_would_refuse_nothing_is_told_at_once(
    folder: Path, old: str, new: str, key: str
) -> None:
    """Whoever works by the pack, or only screens with it, hears of it before a word is judged."""
    name = "refusals/protected/religion.toml"
    edit(folder, name, old, new)
    for read in (grounds.load, folder_of_pack.refusals):
        with pytest.raises(PolicyError) as caught:
            read(folder)
        assert (name, key) in {(p.path, p.key) for p in caught.value.problems}


@pytest.mark.parametrize(
    ("name", "text"),
    [("policy.toml", "title = "), ("grounds/new.toml", "\x00"), ("rule.toml", "a = 1")],
)
def test_files_that_cannot_be_read_or_that_nobody_reads_are_named(
    folder: Path, name: str, text: str
) -> None:
    """A broken file, and one with a misspelt name, are reported under their name."""
    (folder / name).write_text(text, "utf-8")
    assert name in {p.path for p in grounds.check(folder, TODAY)}


def test_an_overdue_review_only_warns_and_an_ended_ground_is_a_mistake(folder: Path) -> None:
    """The policy stays in force past its review; a ground does not stay past its end."""
    edit(folder, "grounds/published-work.toml", "version = 1", "version = 1\nuntil = 2026-06-30")
    problems = grounds.check(folder, date(2028, 1, 1))
    assert [(p.path, p.key, p.warning) for p in problems] == [
        ("grounds/published-work.toml", "until", False),
        ("policy.toml", "review_due", True),
    ]


def test_retention_shorter_than_a_claim_may_take_warns(folder: Path) -> None:
    """Content that goes before a tribunal claim can come is pointed out, from the law's day on."""
    edit(folder, "policy.toml", "content_months = 12", "content_months = 8")
    assert grounds.check(folder, date(2026, 3, 1)) == ()
    (late,) = grounds.check(folder, TODAY)
    assert (late.key, late.warning) == ("retention.content_months", True)
    assert "9.8 months" in late.message


def test_two_different_people_sign(folder: Path) -> None:
    """One person's signature twice is no approval."""
    edit(folder, "policy.toml", 'name = "T. Osei"', 'name = "A. Brennan"')
    assert [p.key for p in grounds.check(folder, TODAY)] == ["approval"]


def test_a_fixed_effect_cannot_be_softened(folder: Path) -> None:
    """Only the rule that is open to choice takes another effect from the pack."""
    edit(folder, "rules.toml", "[notice-given]", '[notice-given]\neffect = "refer"')
    edit(folder, "rules.toml", "[other-route-first]", '[other-route-first]\neffect = "refer"')
    assert [p.key for p in grounds.check(folder, TODAY)] == ["notice-given.effect"]


def test_the_digest_follows_every_file(folder: Path) -> None:
    """Changing any word of any file changes the digest that decisions store."""
    before = grounds.load(folder).digest
    assert before == grounds.load(grounds.find_folder()).digest
    edit(folder, "refusals/contexts.toml", "#", "# ")
    assert grounds.load(folder).digest != before


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    """A wrong folder gives a message and a hint."""
    with pytest.raises(PolicyError) as caught:
        grounds.find_folder(tmp_path)
    assert caught.value.hint


# --- rules, documentation and settings name each other --------------------------------------


def rule_ids(pack: Pack) -> set[str]:
    """Every rule id that can stand in a reason or a signal."""
    screened = {str(t["rule"]) for t in pack.refusals.values() if "rule" in t}
    return {r.id for r in RULES} | screened | set(pack.policy.patterns) | {"screening"}


def test_every_rule_has_its_heading_and_every_heading_its_rule(pack: Pack) -> None:
    """`docs/rules.md` explains exactly the rules there are."""
    text = (DOCS / "rules.md").read_text("utf-8")
    headings = [line[4:].strip("` ") for line in text.splitlines() if line.startswith("### ")]
    assert len(headings) == len(set(headings))
    assert set(headings) == rule_ids(pack)


def test_every_rule_has_its_words_and_all_words_a_rule(pack: Pack) -> None:
    """`rules.toml` words exactly the rules of the code, and no other."""
    assert set(pack.rules) == {r.id for r in RULES} | {"screening", "screened"}


def test_the_documentation_words_each_rule_as_the_pack_does(pack: Pack) -> None:
    """What a person reads on the screen is what `docs/rules.md` explains."""
    text = (DOCS / "rules.md").read_text("utf-8")
    for heading, words in pack.rules.items():
        section = text.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
        if section and "When it is not satisfied" in section:
            assert f"When it is not satisfied: {words.message}\n" in section
            assert f"What would mend it: {words.mend}\n" in section


def test_every_setting_of_the_pack_is_explained(pack: Pack) -> None:
    """`docs/policy-pack.md` names every file, key and pattern that HR may set."""
    text = (DOCS / "policy-pack.md").read_text("utf-8")
    files = ("policy.toml", "rules.toml", "vocabulary.toml", "grounds/", "refusals/", "sources/")
    kinds = (Policy, Limits, Retention, Ground, Source)
    keys = {key.name for kind in kinds for key in fields(kind)} - {"id", "adapter"}
    missing = [
        name
        for name in (*files, *sorted(keys), *pack.policy.patterns)
        if not re.search(rf"`\[*{re.escape(name)}\b|`{re.escape(name)}", text)
    ]
    assert missing == []


# --- examples run ---------------------------------------------------------------------------

_EXAMPLES = [
    pytest.param(example, id=f"{ground.id}-{number}")
    for ground in grounds.load(grounds.find_folder()).grounds.values()
    for number, example in enumerate(ground.examples, 1)
]


@pytest.mark.parametrize("example", _EXAMPLES)
def test_what_hr_reads_is_what_happens(pack: Pack, screener: object, example: Example) -> None:
    """Every example of every ground file is decided as it says."""
    asked = {
        "id": 1,
        "kind": example.kind,
        "ground": example.ground,
        "claim": example.claim,
        "text": example.text,
    }
    given = answer(asked, pack, screener)  # type: ignore[arg-type]  # the real screener
    failing = {r["rule"] for r in given["reasons"] if not r["holds"]}
    assert given["decision"] == example.verdict, failing
    assert not example.rule or example.rule in failing


# --- tools ----------------------------------------------------------------------------------


def test_show_reads_as_a_paper(pack: Pack) -> None:
    """The rendering names every clause, ground, source and pattern, and no code."""
    text = policytools.show(pack)
    for words in (
        *pack.policy.clauses.values(),
        *(g.title for g in pack.grounds.values()),
        *(s.title for s in pack.sources.values()),
        *pack.policy.patterns,
        *(f"For claims of: {', '.join(s.kinds)}." for s in pack.sources.values() if s.kinds),
    ):
        assert words in text
    assert "MappingProxy" not in text and "Reach(" not in text


def test_compare_lists_what_differs(pack: Pack, folder: Path) -> None:
    """Two packs are compared key by key; the same pack differs in nothing."""
    assert policytools.compare(pack, pack) == ()
    edit(folder, "policy.toml", "reply_days = 7", "reply_days = 10")
    changed = policytools.compare(pack, grounds.load(folder))
    assert [(c.key, c.before, c.after) for c in changed] == [
        ("policy.limits.reply_days", "7", "10")
    ]


def test_problems_carry_no_content_of_broken_files(folder: Path) -> None:
    """A file that cannot be read is named with its line, and its text is not repeated."""
    (folder / "grounds" / "bad.toml").write_text('why = "secret words', "utf-8")
    problems: tuple[Problem, ...] = grounds.check(folder, TODAY)
    assert problems and not any("secret" in p.message for p in problems)


def test_screening_reads_the_refusal_files_alone(pack: Pack, folder: Path) -> None:
    """The refusal files are the same with and without the rest of the pack."""
    assert folder_of_pack.refusals(grounds.find_folder()) == pack.refusals
    (folder / "refusals" / "bad.toml").write_text("rule = ", "utf-8")
    with pytest.raises(PolicyError) as caught:
        folder_of_pack.refusals(folder)
    assert [p.path for p in caught.value.problems] == ["refusals/bad.toml"]
