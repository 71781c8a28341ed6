"""Page with the city's working calendar and rules, and with forms for editing them."""
