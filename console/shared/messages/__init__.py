"""Messages to the city's platform: fields, details, deadlines, photos and notifications."""
