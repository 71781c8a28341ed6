"""Calls: records, scripts, canned texts, missed and scheduled calls."""
