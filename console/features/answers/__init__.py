"""Page of answers and deadlines: messages after registration, answers and decisions."""
