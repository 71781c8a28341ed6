"""Call card: the caller, the request, the directory entries used, and the result."""
