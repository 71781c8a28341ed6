"""Console code without widgets: settings, keys, formats, threads, drafts and report files."""
