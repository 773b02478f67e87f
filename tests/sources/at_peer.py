"""The AT repository source against a real repository server. Run by hand, not by pytest:

    npm install --prefix FOLDER @atproto/dev-env@0.3.215      (Node 20; 360 MB, minutes)
    python tests/sources/at_peer.py FOLDER

The package is too large for every run; `test_adapters.py` holds the documented answers.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import peers
from hostile import fetch
from told import granted

from recruitcheck import sources
from recruitcheck.sources import items, web


def main(folder: str) -> int:
    """Start the server, look, compare, stop; 1 where something else came in."""
    port = peers.free_port()
    script = Path(__file__).with_name("at_peer.mjs")
    process = subprocess.Popen(
        [peers.program("node"), str(script)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={
            "PATH": peers.PATH,
            "HOME": tempfile.gettempdir(),
            "AT_FOLDER": str(Path(folder).resolve()),
            "PDS_PORT": str(port),
            "PLC_PORT": str(peers.free_port()),
        },
    )
    try:
        assert process.stdout is not None
        if not any(line.startswith("ready") for line in process.stdout):
            print("the server did not start", file=sys.stderr)
            return 1
        grant = replace(
            granted(
                "at_repository", "Since 2023 I post on my server https://ana-gomes.test daily."
            ),
            schemes=("http",),
            ports=(port,),
            addresses=("ana-gomes.test",),
        )
        found = list(sources.adapter("at_repository").collect(grant, lambda url: fetch(grant, url)))
        taken = [item.text for item in found if not items.admit(grant, item)]
    finally:
        web.close()
        process.terminate()
        process.wait(20)
    print("yielded:", [item.text for item in found])
    print("admitted:", taken)
    return 0 if taken == ["We counted forty mushrooms"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
