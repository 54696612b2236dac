"""Sinks that note what they are posted and answer as they are told."""

import http.server
import json
import socket
import ssl
import subprocess
import threading
import time

import standardwebhooks

SECRET = "whsec_c3BvdGtham15IHdvcmQgZ2V0cyByb3VuZCBpbiBtaW51dGVz"


class Sink:
    """`answer` is a status, or a function of the handler; it may be changed."""

    def __init__(self, answer=204, tls=None):
        self.answer = answer
        self.scheme = "https" if tls else "http"
        self.posts = []
        sink = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                sink.posts.append((dict(self.headers), body, time.monotonic()))
                if callable(sink.answer):
                    sink.answer(self)
                    return
                self.send_response(sink.answer)
                if 300 <= sink.answer < 400:
                    self.send_header("location", f"http://127.0.0.1:{sink.port}/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}/hook"

    def ids(self):
        """The notices' ids in the order of their first arrival."""
        return list(dict.fromkeys(headers["webhook-id"] for headers, _, _ in list(self.posts)))

    def verify(self):
        """Each post is signed, and repeats of an id differ in nothing."""
        key, bodies = standardwebhooks.Webhook(SECRET), {}
        for headers, body, _ in list(self.posts):
            key.verify(body, headers)
            if bodies.setdefault(headers["webhook-id"], body) != body:
                raise AssertionError("one id, two notices")
        return [json.loads(body) for body in bodies.values()]


def certificate(folder):
    """A certificate of its own making for a sink, in `sink.crt`."""
    names = [str(folder / f"sink.{kind}") for kind in ("key", "crt")]
    order = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    about = ["-subj", "/CN=sink", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    about += ["-addext", "basicConstraints=critical,CA:FALSE"]  # a leaf, not an authority
    out = ["-keyout", names[0], "-out", names[1]]
    subprocess.run([*order, *about, *out], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(names[1], names[0])
    return context


def hang(handler):
    """Says nothing."""
    time.sleep(60)


def cut_off(handler):
    """Resets the connection."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    handler.connection.close()


def babble(handler):
    """Answers what is no HTTP."""
    handler.wfile.write(b"220 mail.example.org ESMTP\r\n")


def half(handler):
    """Breaks off within the head of its answer."""
    handler.wfile.write(b"HTTP/1.1 204 No Cont")


def endless_head(handler):
    """Sends heads without an end, as fast as they are read."""
    pour(handler, b"HTTP/1.1 204 No Content\r\n", b"x: " + b"y" * 60_000 + b"\r\n")


def flood(handler):
    """Takes the notice and sends 10 GB back."""
    pour(handler, b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", b"y" * 60_000)


def pour(handler, head, more):
    try:
        handler.wfile.write(head)
        for _ in range(10_000_000_000 // len(more)):
            handler.wfile.write(more)
    except OSError:
        pass  # the program had enough of it


def drip(handler):
    """Never ends the head of its answer."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            time.sleep(1)
            handler.wfile.write(b"x: y\r\n")
    except OSError:
        pass  # the program had enough of it
