"""The app's side of a browser session: Textual's own web driver, with three messages more.

* `mirror`: the screen as plain text and what has the focus, for screen readers;
* `repaint`: after a dropped link the whole screen is painted again;
* `upload`: a file that the page received, as a path the app may read once.
"""

from __future__ import annotations

from textual import events
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size


class BrowserDriver(WebDriver):
    """Named in `TEXTUAL_DRIVER` by the server; nothing imports it."""

    def mirror(self, text: str, focus: str, light: bool) -> None:
        """Hand the screen over as text, and whether its colours are light."""
        self.write_meta({"type": "mirror", "text": text, "focus": focus, "light": light})

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Take a message of the server; what is not ours is Textual's."""
        if packet_type == "repaint":
            self.write("\x1b[?1049h\x1b[2J")
            self._enable_mouse_support()
            self.write("\x1b[?25l\x1b[?1003h")
            self._enable_bracketed_paste()
            size = Size(*(self._size or (80, 24)))
            self._app.post_message(events.Resize(size, size))
            self._app.call_from_thread(self._app.refresh, layout=True)
            if again := getattr(self._app, "mirror_again", None):
                self._app.call_from_thread(again)
        elif packet_type == "upload":
            if take := getattr(self._app, "take_upload", None):
                self._app.call_from_thread(take, str(payload["path"]), str(payload["name"]))
        else:
            super().on_meta(packet_type, payload)
