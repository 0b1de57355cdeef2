"""A local web server that answers wrongly in every way a link checker meets, by the path it is asked for."""

import socket
import ssl
import struct
import threading
import time
from contextlib import contextmanager
from pathlib import Path

# Made for these tests, for nobody: signed by itself, so that no client may trust it.
CERTIFICATE = Path(__file__).parent / "data" / "self_signed.pem"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
PLAIN = {
    "/ok": OK,
    "/missing": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "/gone": b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
    "/closed": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
    "/busy": b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
    "/broken": b"HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n",
    "/garbage": b"\x00\xff what is this\r\n\r\n",
    "/huge-header": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "/many-headers": b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 500 + b"\r\n",
    "/silent-close": b"",
}
REDIRECTS = {
    "/moved": (301, "/ok"),
    "/elsewhere": (302, "/ok"),
    "/moved-to-nothing": (301, "/missing"),
    "/loop": (302, "/loop-back"),
    "/loop-back": (302, "/loop"),
    "/to-localhost": (302, "http://127.0.0.1:{port}/ok"),
    "/to-metadata": (302, "http://169.254.169.254/latest/meta-data/"),
    "/to-number": (302, "http://2130706433:{port}/ok"),
    "/to-ipv6": (302, "http://[::ffff:127.0.0.1]:{port}/ok"),
    "/to-file": (302, "file:///etc/passwd"),
    "/to-nonsense": (302, "http://[zly/"),
    "/polish": (301, "/żółw"),
}


class MisbehavingServer:
    """Answers each connection once, in a thread; `asked` keeps `(moment, method, path)`."""

    def __init__(self, context=None):
        self.context, self.asked, self.stopped = context, [], threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self):
        self.stopped.set()
        self.listener.close()

    def paths(self):
        return [(method, path) for _moment, method, path in self.asked]

    def _accept(self):
        while not self.stopped.is_set():
            try:
                sock, _peer = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock):
        try:
            with self.context.wrap_socket(sock, server_side=True) if self.context else sock as sock:
                request = b""
                while b"\r\n\r\n" not in request:
                    request += sock.recv(4096)
                    if request.startswith(b"\x16"):  # somebody speaks TLS to us
                        return sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                method, path, _version = request.split(b"\r\n")[0].decode().split(" ")
                self.asked.append((time.monotonic(), method, path))
                self._answer(sock, method, path)
        except OSError:
            return None

    def _answer(self, sock, method, path):
        step = path.removeprefix("/far/")
        if path in PLAIN:
            sock.sendall(PLAIN[path])
        elif path in REDIRECTS:
            status, location = REDIRECTS[path]
            self._redirect(sock, status, location.format(port=self.port))
        elif path.startswith("/far/"):
            self._redirect(sock, 301, f"/far/{int(step) - 1}" if int(step) > 1 else "/ok")
        elif path == "/no-head":
            sock.sendall(b"HTTP/1.1 405 No\r\n\r\n" if method == "HEAD" else OK)
        elif path == "/head-resets" and method == "GET":
            sock.sendall(OK)
        elif path in ("/reset", "/head-resets"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif path == "/slow":
            self.stopped.wait(30)
        elif path == "/dripping":
            self._endlessly(sock, b"HTTP/1.1 200 OK\r\nX: ", b"a", pause=0.05)
        elif path == "/continue":
            self._endlessly(sock, b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.01)
        elif path == "/endless":
            self._endlessly(sock, b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 65_536, pause=0)
        else:
            sock.sendall(OK)

    def _redirect(self, sock, status, location):
        sock.sendall(f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())

    def _endlessly(self, sock, first, again, pause):
        sock.sendall(first)
        while not self.stopped.wait(pause):
            sock.sendall(again)


@contextmanager
def misbehaving(context=None):
    server = MisbehavingServer(context)
    try:
        yield server
    finally:
        server.stop()


def self_signed() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context
