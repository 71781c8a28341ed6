"""RTP, RTCP and SRTP as values, and the ports that they travel through."""
