"""Background jobs of the console and of the headless worker."""
