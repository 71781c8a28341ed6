"""The parts of SIP messages as values: read tolerantly, written strictly."""
