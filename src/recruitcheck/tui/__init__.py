"""The screens of the app, and what plain mode shares with them.

With a screen  `app` (starts, unlocks, locks), `everywhere` (actions of every screen), `page` (what
               a screen is), `screens/` (one each), `widgets/` (their pieces), `palette`, `mirror`
               (the screen as text, for browsers), `deliver` (a text to its reader)
Without one    `actions` (every action, its words and keys), `questions` (what a form asks),
               `tasks/` (the forms), `cases` (where each case stands), `telling` (records in words),
               `text` (outside text made safe), `theme` (colours), `drafts`, `preferences`, `crash`
               (the report of a failure)

To add a screen: one file in `screens/` with a `Page`, its actions in `actions`, its questions in
`tasks/`, and a way to it from another screen. Only this package and `web` know Textual.
"""
