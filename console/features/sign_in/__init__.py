"""First start, sign-in, password change and screen lock."""
