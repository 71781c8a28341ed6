"""Call scripts, canned texts, hints on emergencies, and the text on formal appeals."""
