"""Papers: what leaves the register on paper or as a file.

`paper.py` says what a paper is made of; `page.py` (HTML), `markdown.py`, `plain.py`, `sheet.py`
(CSV) and `lines.py` (JSON Lines) write it; the other modules compose one kind of paper each from
records. All of it is pure: records in, text out.
"""
