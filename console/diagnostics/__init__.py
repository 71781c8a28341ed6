"""What an administrator is sent when something is wrong: facts of the program, and of no person."""
