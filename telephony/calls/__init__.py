"""The calls of one phone: what is known of them and what can be done with them."""
