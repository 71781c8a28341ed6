"""Search of the directory: index, query, ranking, sentence vectors, usage statistics."""
