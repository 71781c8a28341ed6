"""Settings of a workplace: schema, files, current values, conversions; texts of the city."""
