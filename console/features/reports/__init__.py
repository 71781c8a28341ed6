"""Reports of calls, operators, messages, missing categories, and messages sent to other
authorities.
"""
