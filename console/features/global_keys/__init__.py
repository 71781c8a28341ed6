"""System-wide hotkeys: keys that work while another application has the keyboard focus."""
