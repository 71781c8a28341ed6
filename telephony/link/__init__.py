"""Between the console and its phone process: socket, lines of JSON, start."""
