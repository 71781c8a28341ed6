"""A connection with latency that counts its round trips."""

from __future__ import annotations

import socket
import threading
import time

from tests.fakes.tcp_proxy import TcpProxy, receive, send


class SlowLine(TcpProxy):
    """Delays data by ``one_way_s`` each time the direction changes.

    ``round_trips`` counts the changes of direction over all its connections.
    """

    def __init__(self, server_port: int, one_way_s: float) -> None:
        super().__init__(server_port)
        self.round_trips = 0
        self._one_way_s = one_way_s
        self._is_asking = False

    def _forward_requests(
        self,
        client: socket.socket,
        server: socket.socket,
        committing: threading.Event,
        losing: threading.Event,
    ) -> None:
        while data := receive(client):
            if not self._is_asking:
                self._is_asking = True
                self.round_trips += 1
                time.sleep(self._one_way_s)
            if not send(server, data):
                break
        self._end(client, server)

    def _forward_answers(
        self,
        server: socket.socket,
        client: socket.socket,
        committing: threading.Event,
        losing: threading.Event,
    ) -> None:
        while data := receive(server):
            if self._is_asking:
                self._is_asking = False
                time.sleep(self._one_way_s)
            if not send(client, data):
                break
        self._end(client, server)
