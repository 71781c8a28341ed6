"""The way of a message, from a draft to a rated answer (Regulation 6, 7, 9, 10).

``steps`` has the one table of what may happen, ``history`` takes events by it and derives where
the message stands. Until the store keeps these events, the stored truth of a message is
``sync.register.messages.MessageRecord`` with its states draft, submitted and registered; nothing
here writes to it, and nothing there reads these events.
"""
