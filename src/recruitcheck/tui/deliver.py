"""Handing a text over to the person at the screen: a letter, a list, a sheet to print."""

from __future__ import annotations

import io
import os
from pathlib import Path

from recruitcheck.tui.page import Page, disk_words


def deliver(page: Page, text: str, name: str, mime: str = "text/plain") -> bool:
    """Hand a text over: as a download in a browser, as a file of this account in a terminal.

    Says on the page what came of it; false where the disk refused.
    """
    app = page.app_
    if app.is_web:
        app.deliver_text(
            io.StringIO(text), save_filename=name, mime_type=mime, open_method="download"
        )
        page.tell(f"{name} was sent to your browser.")
        return True
    target = _free(name)
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        page.tell(*disk_words(error), wrong=True)
        return False
    page.tell(f"Saved as {target}.", "Delete it once it is printed or sent.")
    return True


def _free(name: str) -> Path:
    """A place in the Downloads, else here, where no file stands yet."""
    downloads = Path.home() / "Downloads"
    folder = downloads if downloads.is_dir() else Path.cwd()
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return target
