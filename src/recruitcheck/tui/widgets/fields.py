"""Fields to fill in: a label, the field, and below it in words what is wrong."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Select, TextArea

from recruitcheck.tui.questions import Ask
from recruitcheck.tui.text import cleaned, visible
from recruitcheck.tui.widgets.line import Line, same_length, tell_left_out
from recruitcheck.tui.widgets.words import Words


class Area(TextArea):
    """Several lines of typing or pasting, as plain text."""

    DEFAULT_CSS = """
    Area { height: 4; border: none; padding: 0 1; background: $raised; color: $ink;
        &:focus { border: none; background: $mark; color: $onmark; } }
    """

    def __init__(self, value: str = "", *, id: str | None = None) -> None:
        super().__init__(
            value,
            id=id,
            soft_wrap=True,
            tab_behavior="focus",
            theme="css",
            highlight_cursor_line=False,
            compact=True,
        )

    def get_line(self, line_index: int) -> Text:
        return Text(same_length(self.document.get_line(line_index)), end="", no_wrap=True)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._take(event.text)

    def action_paste(self) -> None:
        self._take(self.app.clipboard)

    def _take(self, text: str) -> None:
        kept, left_out = cleaned(text)
        if result := self._replace_via_keyboard(kept, *self.selection):
            self.move_cursor(result.end_location)
        tell_left_out(self.app, left_out)


class Tick(Checkbox):
    """Yes or no, told by the sign and not by its colour alone."""

    DEFAULT_CSS = """
    Tick { border: none; padding: 0; background: transparent; color: $ink; height: auto;
        &:focus { border: none; background: $focus; color: $onfocus; }
        &:focus > .toggle--label { background: $focus; color: $onfocus; text-style: bold; }
        & > .toggle--button, &.-on > .toggle--button { color: $ink; background: $raised; } }
    """

    @property
    def _button(self) -> Content:
        return Content("[✓]" if self.value else "[ ]")


class Pick(Select[str]):
    """One of several answers."""

    DEFAULT_CSS = """
    Pick { height: auto; background: $raised; color: $ink;
        & > SelectCurrent { background: $raised; color: $ink; border: none; padding: 0 1;
            height: auto; max-height: 3;
            Static#label { color: $faint; } &.-has-value Static#label { color: $ink; } }
        &:focus > SelectCurrent { background: $mark; color: $onmark; border: none;
            Static#label { color: $onmark; } &.-has-value Static#label { color: $onmark; } }
        & > SelectOverlay { border: solid $focus; background: $sheet; color: $ink; max-height: 12; }
    }
    """

    def __init__(
        self,
        options: tuple[tuple[str, str], ...],
        value: str = "",
        *,
        id: str | None = None,
        prompt: str = "choose…",
    ) -> None:
        known = value in {v for v, _ in options}
        super().__init__(
            [(Text(visible(words)), v) for v, words in options],
            prompt=prompt,
            value=value if known else Select.NULL,
            id=id,
            compact=True,
        )


class Field(Vertical):
    """A question with its field, and the words that say what is wrong with the answer."""

    DEFAULT_CSS = """
    Field { height: auto; margin: 0 0 1 0;
        & > .label { color: $faint; }
        & > .problem { color: $stop; display: none; }
        &.-wrong > .problem { display: block; }
        &:focus-within > .label { color: $focus; text-style: bold; } }
    """

    class Changed(Message):
        """An answer changed."""

        def __init__(self, ask: Ask, value: str) -> None:
            super().__init__()
            self.ask, self.value = ask, value

    def __init__(self, ask: Ask, value: str = "", *, rows: int = 4) -> None:
        super().__init__(id=f"field-{ask.id}")
        self.ask = ask
        self._held: Widget | None = None
        self._initial = self._told = value or ask.initial
        self._rows = rows

    def compose(self) -> ComposeResult:
        ask, value = self.ask, self._initial
        if ask.kind != "tick":
            yield Words(ask.question, classes="label")
        if ask.kind == "text":
            area = Area(value, id=f"in-{ask.id}")
            area.styles.height = self._rows
            yield area
        elif ask.kind == "pick":
            yield Pick(ask.options, value, id=f"in-{ask.id}")
        elif ask.kind == "tick":
            yield Tick(Text(visible(ask.label)), value == "yes", id=f"in-{ask.id}")
        else:
            hint = "such as 11/05/2026" if ask.kind == "date" else ""
            yield Line(value, secret=ask.kind == "secret", placeholder=hint, id=f"in-{ask.id}")
        yield Words(classes="problem")

    def _inner(self) -> Widget | None:
        """What is typed or chosen in; found once, because answers are read at every change."""
        if self._held is None:
            self._held = next(iter(self.query(f"#in-{self.ask.id}")), None)
        return self._held

    @property
    def value(self) -> str:
        """The answer as it stands."""
        inner = self._inner()
        if inner is None:  # not composed yet
            return self._initial
        if isinstance(inner, TextArea):
            return inner.text
        if isinstance(inner, Checkbox):
            return "yes" if inner.value else ""
        if isinstance(inner, Select):
            return inner.value if isinstance(inner.value, str) else ""
        return inner.value if isinstance(inner, Input) else ""

    @value.setter
    def value(self, value: str) -> None:
        self._initial = value
        inner = self._inner()
        if isinstance(inner, TextArea):
            inner.load_text(value)
        elif isinstance(inner, Checkbox):
            inner.value = value == "yes"
        elif isinstance(inner, Select):
            # a draft may hold what can no longer be chosen
            inner.value = value if value in dict(self.ask.options) else Select.NULL
        elif isinstance(inner, Input):
            inner.value = value

    @property
    def words(self) -> str:
        """The answer as it is read: the words of what was chosen."""
        return dict(self.ask.options).get(self.value, self.value)

    def complain(self, words: str) -> None:
        """Say what is wrong; empty takes it back."""
        self.query_one(".problem", Words).say(f"! {words}" if words else "")
        self.set_class(bool(words), "-wrong")

    def _changed(self, event: Message) -> None:
        event.stop()
        self.complain("")
        if self.value != self._told:  # what stood there from the beginning is no change
            self._told = self.value
            self.post_message(self.Changed(self.ask, self.value))

    def on_input_changed(self, event: Input.Changed) -> None:
        self._changed(event)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._changed(event)

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        self._changed(event)

    def on_select_changed(self, event: Select.Changed) -> None:
        self._changed(event)
