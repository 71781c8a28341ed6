"""Directory of the city: search results, documents, edits and display texts."""
