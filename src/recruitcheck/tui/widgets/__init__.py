"""The pieces screens are built from. Screens use these and no widget of Textual's own, because
these never read what they are given as markup."""
