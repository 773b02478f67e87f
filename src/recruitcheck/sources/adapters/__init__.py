"""One file per source; each has `collect(grant, fetch)` and knows nothing of the others' manners.

An adapter asks only through `fetch`, which holds every address against the grant. It yields what
is the author's own and public, and drops reposts, replies, comments and whatever an owner asked
not to have shown. `items.admit` then checks author, date and place once more.
"""
