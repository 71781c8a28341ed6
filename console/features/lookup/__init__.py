"""Message lookup (F4) by registration number or phone number during a call."""
