"""Papers: what leaves the register on paper or as a file.

`paper` says what a paper is made of; `page` (HTML, with the bars of `charts`) and `markdown` (also
plain text) write it, and `sheet` writes tables as CSV and JSON Lines. `names` has the words for
what records call things. The others compose papers: `audit`, `casefile` (one request) with its
`entries`; `letters`, `governance`, `incident`; `period` (a term, a year); and the equality
reviewers' `quarter` in `figures`, `rates` and `sentences`; `recovery` is the sheet in the safe.
All of it is pure: records in, text out.
"""
