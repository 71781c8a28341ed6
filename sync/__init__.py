"""The call register: domain rules, databases, replication, background jobs and commands."""
