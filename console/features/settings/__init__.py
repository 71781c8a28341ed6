"""Settings pages: phone account, sound devices, headset and hotkeys, central database."""
