"""People: names, phone numbers, addresses, operators, states and shifts."""
