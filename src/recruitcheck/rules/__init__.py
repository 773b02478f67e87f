"""May this be done? Pure rules: records and a time in, records out; nothing is read or written.

The gate         `question` is put to `decide`, which runs every `rule` of the tables `rules_of_…`
  a quotation    `claims` (kinds in `claimwords`), `ownlife`, `belonging`: what it would disclose
  a query        `binding` traces each word to the quotation; `scope` makes the grant
  a reason       `speaking` reads it with `explained`, `grammar`, `asked`, `owned`, `beyond`,
                 `background` and `knownwords`; not read are `limits`, what it leaves alone, and
                 who is `unreachable`
The screen       `screen` finds facts about a person in a text, in words that HR keeps in files
  the files      `lexicon`, `signs`, `phrasebook` (`phrases`, `wordforms`); `refusal_files` checks
  what is meant  `context`, `objects`, `called`, `reasons`; `weigh` says what a hit comes to
  disguises      `fold`, then `disguise` (`disguised_letters`, `disguised_words`, `coded`,
                 `misspelt`, `readings`)
A page           `passages` chooses by `relevance`, in `sentences`; `clauses`, `guard`, `masking`
                 (`given_names`) hide what is private; `capture` proves what was kept
The policy pack  `folder`, `tables`, `pack`, `grounds`; `policytools` shows, tries and compares
Oversight        `roles`, `retention`, `blind`, `patterns`, `filters`; figures in `equality`,
                 `exact` and `monitoring`

`words` compares words for all of them.
"""
