"""recruitcheck: look at applicants' social media only where their own words ask for it.

The flow, in ten lines:

1. a vacancy with its person specification, and an applicant who was told about searches;
2. an application document, read as text (`documents`);
3. a claim: an exact span of that document (`steps.intake`, `rules.claims`);
4. a justification: structured answers, one ground, one requirement (`steps.approval`);
5. a decision: every rule runs; refuse beats refer beats permit (`rules.decide`);
6. a grant: the narrow, expiring permission (`rules.scope`);
7. a lookup: a fetch, an observation or a supplied item (`steps.search`, `sources`);
8. passages that bear on the claim, and nothing else (`steps.lens`, `rules.passages`);
9. evidence, finding, reply, the panel's one line (`steps.finding`);
10. audit, review and destruction, all of it in a signed ledger (`steps.oversight`, `vault`).
"""
