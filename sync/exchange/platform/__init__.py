"""City platform: port, Open311 client, submission of messages, polling and import."""
