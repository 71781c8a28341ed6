"""Review of messages before registration (Regulation 7.5-7.10): queue, checks, decision."""
