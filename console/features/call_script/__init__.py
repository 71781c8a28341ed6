"""Call scripts, canned texts, hints on emergencies, and the text about formal appeals."""
