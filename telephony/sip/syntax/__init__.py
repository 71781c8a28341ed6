"""Parts of SIP messages as values: parsed tolerantly, serialised strictly."""
