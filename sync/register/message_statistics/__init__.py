"""Statistics of messages (Regulation 11), and the lists that 2.6 and 7.9 ask for.

``counted`` looks at one message, ``report`` adds up those of a period. Nothing here knows what a
message says, who wrote it, or at which house.
"""
