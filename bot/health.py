"""A port that says "alive": Cloud Run takes only what listens for a service. Prometheus reads a
worker's metrics there, too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Page = Callable[[str], tuple[int, bytes]]
"""What the Authorization header says to the status and the text of /metrics."""


def no_page(authorization: str) -> tuple[int, bytes]:
    """Where nobody may read metrics."""
    return 404, b""


class HealthPort:
    """GET / and /health are answered 200, /ready by whether `ready` says so, in threads of their
    own: a worker whose loop is busy is alive all the same. port: 0 = any."""

    def __init__(self, port: int, ready: Callable[[], bool], page: Page = no_page) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/metrics":
                    status, body = page(self.headers.get("Authorization", ""))
                    self._answer(status, body, "text/plain; version=0.0.4; charset=utf-8")
                    return
                known = self.path in ("/", "/health", "/ready")
                fine = self.path != "/ready" or ready()
                body = b'{"status":"ok"}' if known and fine else b'{"status":"unavailable"}'
                self._answer(404 if not known else 200 if fine else 503, body, "application/json")

            def _answer(self, status: int, body: bytes, kind: str) -> None:
                # Without the header that names the server and its version.
                self.send_response_only(status)
                self.send_header("X-Content-Type-Options", "nosniff")
                self.send_header("Cache-Control", "no-store")
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Whoever asks, asks every few seconds."""

        # A container's port is reached from outside of it.
        self._server = ThreadingHTTPServer(("0.0.0.0", port), Handler)  # noqa: S104
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
