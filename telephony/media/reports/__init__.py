"""How well a call is heard: RTCP both ways, loss, and a mean opinion score."""
