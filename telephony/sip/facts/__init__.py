"""What a message says about a call, for the register: who, through whom, why it ended."""
