"""The app in browsers: `serving` listens, `server` answers, `sessions` says whose turn it is.

Behind each browser runs one app of its own (`child`), whose side of the link is `driver`. The page,
its script and its style lie in `page/`.
"""
