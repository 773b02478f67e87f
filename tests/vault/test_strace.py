"""Faults that the kernel injects: a register's own calls fail, one in a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import straced
from .conftest import PASS, Office

ANN = ("Ann Lee", PASS["Ann Lee"])


@pytest.mark.needs("strace")
def test_a_fault_from_the_kernel_loses_nothing_acknowledged(office: Office, tmp_path: Path) -> None:
    """Error, full disk or kill at a call to the register's files: a few are tried here.

    `long_runs.py --strace` tries them all, which takes ten minutes.
    """
    base = tmp_path / "strace"
    base.mkdir()
    found = straced.calls(office.folder, base, *ANN)
    assert {"write", "fdatasync", "rename", "flock"} <= {call.name for call in found}
    for shift, kind in enumerate(straced.KINDS):
        for call in found[37 * shift :: 110]:
            straced.inject(call, kind, office.folder, base, *ANN)
