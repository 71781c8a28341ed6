"""The regulation itself: its paragraphs by number, and what texts name of them."""
