"""What people do: one function per act, the only place where rules, vault, sources and papers meet.

The desk     `desk` is what every step works with, and says the one shape that every step has;
             `reading` reads what is not of the flow; `packplace` finds the policy pack that holds
Before       `intake`: vacancy, applicant, notice, document, claim
The request  `asking` (what it rests on), `approval` (justify, decide, grant), `referrals`, `policy`
             (which pack decides)
The look     `search` (the ways to use a grant), `budget` (what is left of it), `sight` (from what
             was gathered to what is shown), `lens` with its process `lens_child`; somebody outside
             looks by `instructions` and answers by `thirdparty`
The result   `finding`: evidence, finding, reply, panel line
Audit        `audit_index` (the list), `audit_export`, `casefile` (one request), `oversight`,
             `exceptions` (what needs attention), `equality`, `monitoring` (answers and figures)
Beside it    `declarations`, `consideration`, `sourcing` (candidates), `people` (roles and keys)
Applicants   `informing` (what they are told), `rights` (what they ask for), `access` (the bundle),
             `retention` (holds and destruction), `incidents` (breach and misuse)
Papers       `shelf` makes each by name; `stories`, `periods`, `quarter` and `governance` fill them
"""
