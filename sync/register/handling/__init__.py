"""Life cycle of a message, from a draft to a rated answer (Regulation 6, 7, 9, 10).

``steps`` is the transition table. ``history`` applies events by this table, and ``standing``
derives the state of the message. ``handled`` projects the record
(``sync.register.messages.MessageRecord``) from the events.
"""
