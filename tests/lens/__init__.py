"""Tests of the lens: what a recruiter may see of a page."""
