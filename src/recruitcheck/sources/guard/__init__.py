"""What stands between a granted address and the network; `sources.web` puts it together.

`public`    which addresses of the internet may be reached at all
`session`   the road one request takes
`transport` the client's only way out: hands the checked target on, and nothing else back
`wire`      resolution, the pinned connection, one deadline for everything
`heads`     what the head of an answer means; who asks; foreign errors in our words
`answer`    bounded bodies, admitted types, text
`walls`     pages that are a log-in or a challenge and not the page asked for
`robots`    what the owner of a site asks of robots (RFC 9309)
`purse`     budgets without a register, pauses, one request at a time per host
"""
