"""SIP user agent: messages, transactions, dialogs, calls, registration, presence, network."""
