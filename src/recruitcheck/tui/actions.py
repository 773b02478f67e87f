"""Every action of the app, once: its id, its words, its keys, and a line of help.

Buttons, the bottom line, the command palette and the help page all read this table, so a thing
is called the same everywhere and its key is shown wherever it is named. Whether an action can
run now is the screen's to say (`Page.why_not`): an action that cannot run stays where it is and
tells why. Keys may be changed in the settings; ids never change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person can do. `id` is `area.verb`; `keys` are comma-separated."""

    id: str
    words: str
    keys: str = ""
    help: str = ""

    @property
    def key_words(self) -> str:
        """The first key as people write it: `Ctrl+S`, `F1`, `Enter`."""
        return spoken(self.keys.split(",")[0]) if self.keys else ""


def spoken(key: str) -> str:
    """A key's name for people."""
    names = {"escape": "Esc", "enter": "Enter", "space": "Space", "slash": "/", "up": "↑"}
    if key in names:
        return names[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key[5:].upper()
    return key.upper() if key[:1] == "f" and key[1:].isdigit() else key


_TABLE: Final[tuple[Act, ...]] = (
    # everywhere
    Act("app.help", "Help", "f1", "What this screen is for, and every key on it."),
    Act("app.back", "Back", "escape", "Leave this screen. What you typed stays in its draft."),
    Act("app.commands", "Commands", "ctrl+p", "Find anything that can be done here by name."),
    Act("app.jump", "Jump", "f6", "Put a letter on everything that can be reached."),
    Act("app.lock", "Lock", "ctrl+l", "Cover the screen and put the keys away."),
    Act("app.settings", "Settings", "f2", "Colours, less motion, when to lock, keys."),
    Act("app.messages", "Messages", "f3", "Everything the app has told you since it opened."),
    Act("app.tour", "Tour", "f4", "Five sentences about this desk; the demo has them."),
    Act("app.tour_end", "Skip the tour", "", "Close the tour; F4 begins it again."),
    Act("app.quit", "Quit", "ctrl+q", "Close recruitcheck. Drafts are kept."),
    # unlock, first run
    Act("unlock.open", "Unlock", "", "Open the register with your own passphrase."),
    Act("unlock.new", "Set up a new register", "", "First time here: choose where records live."),
    Act("unlock.lost", "Lost passphrase", "", "What to do when your passphrase is lost."),
    Act("unlock.join", "I was invited", "", "Use the invitation that HR gave you."),
    Act("first.continue", "Continue", "ctrl+s", "Go on to the next step."),
    Act("first.sheet", "Save the recovery sheet", "", "Write the sheet to print and lock away."),
    Act("first.sheets", "Save three sheets", "", "For three people; any two sheets are needed."),
    Act("first.demo", "Just show me", "", "Play the demo with invented people, then try it."),
    # home and cases
    Act("home.open", "Open", "", "Open the line you are on."),
    Act("home.vacancy", "Add a vacancy", "v", "A post, with what it asks for and its panel."),
    Act("home.applicant", "Add an applicant", "a", "A person who applied for a post."),
    Act("home.sourcing", "Find candidates", "f", "Look where people advertise themselves."),
    Act("home.drop", "Drop the draft", "x", "Throw away a request that you began and do not want."),
    Act("home.declare", "Declare something", "d", "A search outside the tool, or something seen."),
    Act("home.go", "Cases", "c", "The cases, as recruiters see them."),
    Act("home.filter", "Filter", "slash", "Type a word to see only the lines that have it."),
    Act(
        "vacancy.stage", "Change the stage", "t", "Searching is possible from shortlisted to offer."
    ),
    Act("vacancy.applicant", "Add an applicant", "a", "A person who applied for this post."),
    Act("applicant.document", "Add a document", "a", "The CV, form or letter to quote from."),
    Act("applicant.mark", "Mark a claim", "m", "Open the application and mark what it says."),
    Act("applicant.open", "Open", "", "Go on where this case stands."),
    Act("applicant.notice", "Record the notice", "n", "The day the applicant was told."),
    Act("applicant.monitoring", "Monitoring form", "", "Add the reference printed on it."),
    Act("applicant.accounts", "Add an address", "e", "An address the applicant gave when asked."),
    Act("applicant.post", "The post", "p", "Its stage, what it asks for, and who applied."),
    Act("applicant.share", "Hand the case over", "h", "Let a colleague read this case."),
    Act("applicant.object", "Record an objection", "o", "The applicant objects: searching stops."),
    # justify
    Act("justify.mark", "Use what is marked", "ctrl+g", "Make the marked words the claim."),
    Act("justify.submit", "Record and decide", "ctrl+s", "Enter it in the ledger, then decide."),
    Act("justify.query", "Show the query", "", "Each word of the query and where it comes from."),
    Act("decision.go", "Go and look", "", "Open what this decision allows, and nothing else."),
    Act("decision.again", "Ask again", "a", "A new request for the same claim."),
    Act("decision.letter", "Save the letter", "s", "The letter that asks the applicant."),
    Act("decision.appeal", "Appeal", "", "Ask somebody else to decide the referral again."),
    # look
    Act("look.start", "Start looking", "g", "Enter the lookup, then ask the source."),
    Act("look.observe", "I looked myself", "o", "Paste what you saw at the permitted address."),
    Act("look.supplied", "The applicant sent it", "i", "Add the item that the applicant brought."),
    Act("look.instruct", "Ask a researcher", "t", "Write the instruction for a third party."),
    Act("look.letter", "Save the letter", "l", "The letter that asks the applicant."),
    Act("look.stop", "Stop", "x", "Stop looking. The lookup is recorded as stopped."),
    Act("look.supports", "Supports", "1", "This passage bears the claim out."),
    Act("look.contradicts", "Contradicts", "2", "This passage speaks against the claim."),
    Act("look.neither", "Says nothing", "3", "This passage does not settle the claim."),
    Act("look.keep", "Keep and go on", "ctrl+k", "Seal the judged passages as evidence."),
    Act("look.nothing", "Nothing was found", "n", "Record that nothing bears on the claim."),
    Act("settings.passphrase", "Change passphrase", "", "A new passphrase for your own keys."),
    Act("form.submit", "Record", "ctrl+s", "Enter it in the ledger."),
    Act("form.load", "Choose a file", "ctrl+o", "Take the text from a file instead of typing."),
    Act("finding.reply", "Invite a reply", "r", "Write to the applicant before this is used."),
    Act("finding.panel", "Write the panel line", "p", "The one line the panel may see."),
    Act("finding.letter", "Save the letter", "s", "The letter that invites the reply."),
    Act("finding.received", "The reply came", "e", "Record what the applicant answered."),
    Act("finding.lapse", "No reply came", "n", "The date has passed without an answer."),
    Act("finding.weigh", "Weigh the reply", "w", "Say how the answer was taken into account."),
    Act("finding.close", "Close the reply", "c", "The answer was weighed; the matter is closed."),
    # HR
    Act("audit.open", "Open the record", "", "Everything about this line."),
    Act("audit.filter", "Filter", "slash", "Words, or state:refused by:lind before:2026-05-01."),
    Act("audit.sort", "Sort", "s", "Sort by the next column."),
    Act("audit.verify", "Verify", "v", "Check every entry, seal and signature now."),
    Act("audit.export", "Export", "e", "Write the shown lines to a file."),
    Act("record.ask", "Ask the recruiter", "q", "A question that appears on their home screen."),
    Act("record.note", "Write a note", "n", "A note that stands beside the record."),
    Act("record.accept", "Accept", "y", "Say that you looked and found it in order."),
    Act("record.applicant", "The applicant", "p", "Hand the case over, or finish what is open."),
    Act("hr.audit", "Audit", "u", "Every search asked for, permitted or not."),
    Act("hr.people", "People", "p", "Who works here, in which role; invite and admit."),
    Act("hr.retention", "Retention", "r", "What is due for destruction, and what is on hold."),
    Act("hr.papers", "Papers", "b", "Access requests, breach packs, samples, the policy."),
    Act("papers.bundle", "Access request", "a", "Write everything held about an applicant."),
    Act("papers.objection", "Answer an objection", "j", "Say whether searching stays stopped."),
    Act("papers.report", "Breach report", "r", "Open a report; the 72 hours begin to run."),
    Act("papers.breach", "Breach pack", "k", "A ZIP for somebody who investigates."),
    Act("papers.sample", "Audit sample", "s", "Draw requests by chance, repeatably."),
    Act("papers.other", "Another paper", "o", "A letter, a report or a record, to print."),
    Act("people.invite", "Invite", "i", "Make an invitation for a new person."),
    Act("people.admit", "Admit", "a", "Let an invited person in, once they have joined."),
    Act("people.code", "New code", "n", "For somebody whose passphrase is lost."),
    Act("people.trained", "Record training", "t", "Until when a training attestation holds."),
    Act("people.leave", "Record a leaver", "l", "Take the keys of somebody who has left."),
    Act("retention.hold", "Put on hold", "h", "Pause destruction for a lawful reason."),
    Act("retention.lift", "Lift the hold", "l", "Let the retention clock go on."),
    Act("retention.run", "Destroy what is due", "", "For good; a certificate is written."),
    # equality
    Act("review.open", "Decide", "", "See the request without the name, and decide."),
    Act("review.permit", "Permit", "", "The search may go ahead."),
    Act("review.yesno", "Permit, yes or no only", "", "They learn only whether it is borne out."),
    Act("review.refuse", "Refuse", "", "The search may not go ahead."),
    Act("equality.queue", "Referrals", "e", "What waits for an equality reviewer."),
    Act("statistics.publish", "Publish this term", "", "Count this term and keep its tables."),
    Act("statistics.import", "Import answers", "i", "Monitoring answers, from a CSV file."),
    Act("equality.patterns", "Patterns", "p", "What stands out across cases."),
    Act("equality.statistics", "Statistics", "t", "Who was searched, by group, without names."),
    Act("equality.policy", "Compare policies", "c", "What another policy pack would change."),
    Act("policy.compare", "Compare", "", "Every line in which two packs differ."),
    Act("policy.replay", "Decide again", "", "Old requests under the other pack."),
    Act("policy.propose", "Propose", "", "Ask a second person to adopt this pack."),
    Act("policy.adopt", "Adopt", "", "Put a proposed pack in force, as the second person."),
    Act("declare.offtool", "I searched outside the tool", "", "Say so; not what you saw."),
    Act("declare.exposure", "I saw something protected", "", "Recorded without what it was."),
    Act("declare.child", "A concern about a child", "", "Shows at once whom to speak to."),
    Act("declare.report", "A report nobody asked for", "", "Locked away unread; HR is told."),
    Act("declare.trust", "Content about the trust", "", "One paper for the headteacher."),
    Act("third.instruct", "Write the instruction", "", "The letter and the file for them."),
    Act("third.report", "Read the report", "", "Through the same checks as your own looking."),
    Act("sourcing.ask", "Ask to look", "", "Decided at once, and recorded."),
    Act("sourcing.approach", "Note somebody to approach", "", "From here on a clock runs."),
    Act("sourcing.told", "They were told", "", "Record the first contact."),
    Act("page.refresh", "Read again", "f5", "Read the register again."),
)

ACTIONS: Final = {act.id: act for act in _TABLE}
EVERYWHERE: Final = (
    "app.help",
    "app.back",
    "app.commands",
    "app.jump",
    "app.lock",
    "app.settings",
    "app.messages",
    "app.tour",
    "app.quit",
)
BROWSER_KEYS: Final = frozenset({"ctrl+w", "ctrl+t", "ctrl+n", "ctrl+shift+t", "ctrl+shift+n"})
"""Keys that a browser keeps for itself; where one is bound, a button does the same."""


def keymap_problems(changes: dict[str, str]) -> tuple[str, ...]:
    """What is wrong with a person's own keys, in words; empty when they can be used."""
    problems = [f"There is no action called {name}." for name in changes if name not in ACTIONS]
    taken: dict[str, str] = {}
    for act in EVERYWHERE:
        for key in _keys(changes.get(act, ACTIONS[act].keys)):
            taken[key] = act
    for name, keys in changes.items():
        for key in _keys(keys):
            other = taken.get(key)
            if other and other != name:
                problems.append(f"{key} already means “{ACTIONS[other].words}”.")
            elif name in ACTIONS and while_typing(ACTIONS[name].keys) and not while_typing(key):
                problems.append(
                    f"{key} is typed in answers, too: choose a key such as F9 or Ctrl+R "
                    f"for “{ACTIONS[name].words}”."
                )
    return tuple(problems)


def while_typing(keys: str) -> bool:
    """Whether keys work while a field is being filled in; plain letters and Esc do not."""
    named = set(keys.split(","))
    ours = all(k.startswith("ctrl+") or (k[:1] == "f" and k[1:].isdigit()) for k in named)
    return ours and not named & BROWSER_KEYS


def _keys(keys: str) -> Iterable[str]:
    return (key.strip() for key in keys.split(",") if key.strip())
