"""What somebody does about their own keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recruitcheck.errors import BadInput
from recruitcheck.tui.questions import Ask, Task
from recruitcheck.tui.widgets.strength import ENOUGH, judged


def _change(desk: Any, answers: Mapping[str, str]) -> bool:
    new = answers["new"]
    mark, words = judged(new)
    if mark < ENOUGH:
        raise BadInput(f"The new passphrase is {words}.", "Four unrelated words are best.")
    if new != answers["again"]:
        raise BadInput("The new passphrase was not typed twice alike.", "Type both again.")
    desk.register.change_passphrase(answers["old"], new)
    return True


PASSPHRASE = Task(
    id="passphrase",
    title="Change your passphrase",
    intro="It opens your keys, on every computer that reaches the register. Tell nobody.",
    asks=(
        Ask(id="old", label="Your passphrase as it is now", kind="secret"),
        Ask(id="new", label="The new one", kind="secret"),
        Ask(id="again", label="The new one again", kind="secret"),
    ),
    button="Change it",
    record=_change,
    done=lambda _: "Your passphrase is changed.",
    drafts=False,
)
