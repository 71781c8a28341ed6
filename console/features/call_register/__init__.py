"""Page of the call register (7.3): calls of any period, filters, sorting, export to XLSX."""
