"""Keys that work while another program is in front, by what each system has for it."""
