"""The tasks people fill in, as questions and the step that records them. No screen in here."""
