"""`recruitcheck try page`: what the lens would show of a saved page, for whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def answer(
    body: bytes,
    *,
    claim: str,
    name: str = "",
    url: str = "",
    type: str = "",
    viewer: str = "recruiter",
    pack_folder: Path | None = None,
) -> dict[str, Any]:
    """The recruiter's passages, or the auditor's view with offsets and neutral counts.

    Raises:
        BadInput: the file is too large, no text, or not what its type says.
        LookupFailed: the page cannot be read within the limits of the lens.
        PolicyError: there is no policy pack.
    """
    from recruitcheck.rules.grounds import find_folder
    from recruitcheck.steps import lens

    (look,) = lens.examine(
        [(body, type)],
        claim=claim,
        name=name,
        pack_folder=find_folder(pack_folder),
        url=url,
        whole=viewer == "auditor",
    )
    if viewer != "auditor":
        return {"passages": [{"text": text} for text in look.shown]}
    return {
        "extracted": look.extracted,
        "passages": [
            {"text": text, "start": start, "end": end}
            for text, (start, end) in zip(look.shown, look.spans, strict=True)
        ],
        "withheld": {"unrelated": look.unrelated, "personal": look.personal},
    }
