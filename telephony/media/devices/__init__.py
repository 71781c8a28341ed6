"""Where voice comes from and goes to: sound servers, files, programs, nothing."""
