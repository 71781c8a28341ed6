"""Health of the workplace: phone, sound, headset, central database and local store."""
