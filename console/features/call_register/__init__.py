"""Call register (7.3): any period, filters, sort order, record, export to XLSX."""
