"""Statistics of calls, messages and operators (Regulation 11)."""
