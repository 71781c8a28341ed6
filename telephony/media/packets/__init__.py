"""RTP, RTCP and SRTP packets as values, and their UDP port pairs."""
