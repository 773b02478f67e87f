"""Papers: what leaves the register on paper or as a file.

`paper.py` says what a paper is made of; `page.py` (HTML, with the bars of `charts.py`) and
`markdown.py` (also plain text) write it, and `sheet.py` writes tables as CSV and JSON Lines.
`names.py` has the words for what records call things; the other modules compose one kind of paper
each. All of it is pure: records in, text out.
"""
