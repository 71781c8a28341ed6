"""What an operator is to ask and say in a call, as the city lays it down."""
