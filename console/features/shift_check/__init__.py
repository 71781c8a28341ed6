"""Check of the workplace before a shift: phone, sound devices, store, disk, clock, backup."""
