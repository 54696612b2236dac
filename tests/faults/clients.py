"""Clients that are slow, silent, endless, malformed or too many."""

import contextlib
import random
import resource
import select
import selectors
import socket
import time

from schedules import Edited
from served import FEED, Folder, GoodClient, Program, require, wait_for
from witness import Broken, read_answer

REQUEST = f"GET {FEED} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
# Shorter than by default, so that a test sees them kept. The default's own test is the same code.
LIMITS = ("--header-timeout", "3s", "--idle-timeout", "3s")


@contextlib.contextmanager
def served(options, *arguments, sessions=6, **process):
    """The program and the good client; gives both. Memory is noted before and after."""
    with Folder() as folder:
        folder.write(Edited(random.Random(options.seed), sessions).text())
        with Program.of(folder, *arguments, **process) as program, GoodClient(program, pause=0.01) as good:
            good.see(20)
            yield program, good
            program.stop()


def connect(program, receive=None):
    client = socket.socket()
    if receive:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    client.settimeout(10)
    client.connect(("127.0.0.1", program.port))
    return client


def is_closed(client):
    """Whether the server has closed, what it sent before aside."""
    try:
        client.setblocking(False)
        while client.recv(65536):
            pass
        return True
    except BlockingIOError:
        return False
    except OSError:
        return True


def all_closed(what, crowd, within):
    """How long until the server has closed every one of them, in seconds."""
    began = time.monotonic()
    left = list(crowd)

    def none_left():
        left[:] = [client for client in left if not is_closed(client)]
        return not left

    wait_for(f"{what}: every one let go", none_left, within)
    return time.monotonic() - began


def hang_up(crowd):
    for client in crowd:
        client.close()


def silent(options):
    """1,000 clients connect and say nothing"""
    with served(options, *LIMITS) as (program, good):
        crowd = [connect(program) for _ in range(1000)]
        took = all_closed("silent", crowd, 6)
        report = good.see(20)
        return report, f"all let go after {took:.1f} s of 3 allowed"


def loris(options):
    """500 clients send their headers a byte at a time, 500 a whole header line"""
    with served(options, *LIMITS) as (program, good):
        crowd = [connect(program) for _ in range(1000)]
        for client in crowd:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        began = time.monotonic()
        open_ = set(crowd)
        while open_:
            require(time.monotonic() - began < 6, f"{len(open_)} are still held")
            for number, client in enumerate(crowd):
                if client in open_:
                    try:
                        client.sendall(b"a" if number % 2 else b"X-A: b\r\n")
                    except OSError:
                        open_.discard(client)
                        continue
                    if is_closed(client):
                        open_.discard(client)
            time.sleep(0.2)
        took = time.monotonic() - began
        report = good.see(20)
        hang_up(crowd)
        return report, f"all let go after {took:.1f} s of 3 allowed"


def pour(program, count, head, chunk, seconds):
    """`count` clients send `head`, then `chunk` for ever. Gives the bytes that
    the server's system took of the most successful, and the status lines."""
    selector = selectors.DefaultSelector()
    sent, answers, crowd = {}, {}, [connect(program) for _ in range(count)]
    for client in crowd:
        client.sendall(head)
        client.setblocking(False)
        sent[client], answers[client] = 0, b""
        selector.register(client, selectors.EVENT_READ | selectors.EVENT_WRITE)
    end = time.monotonic() + seconds
    while selector.get_map():
        require(time.monotonic() < end, f"{len(selector.get_map())} pour on after {seconds} s")
        for key, events in selector.select(0.1):
            client = key.fileobj
            try:
                if events & selectors.EVENT_READ:
                    answers[client] += client.recv(4096)
                if events & selectors.EVENT_WRITE:
                    sent[client] += client.send(chunk)
            except BlockingIOError:
                pass
            except OSError:
                selector.unregister(client)
    hang_up(crowd)
    return max(sent.values()), {answer.partition(b"\r\n")[0].decode() for answer in answers.values()}


def endless(options):
    """100 clients send headers without end, 100 a body, 100 a chunked one, 100 one long line"""
    with served(options, *LIMITS) as (program, good):
        before, told = program.memory(), []
        line = b"X-Long: " + b"y" * 1000 + b"\r\n"
        post = f"POST {FEED} HTTP/1.1\r\nHost: x\r\n".encode()
        for name, head, chunk in (
            ("headers", REQUEST[:-2], line * 16),
            ("a body", post + b"Content-Length: 999999999999\r\n\r\n", b"z" * 16384),
            ("chunks", post + b"Transfer-Encoding: chunked\r\n\r\n", b"400\r\n" + b"z" * 1024 + b"\r\n"),
            ("a line", b"GET /", b"a" * 16384),
        ):
            # What was not read is answered with a reset, which may overtake the answer.
            most, answers = pour(program, 100, head, chunk, 8)
            require(not any(" 200 " in answer for answer in answers), f"{name}: {answers}")
            told.append(f"{name} {most / 1e6:.1f} MB")
            good.check()
        grown = program.memory() - before
        require(grown < 30, f"{grown:.0f} MB of memory")
        return good.see(20), f"cut off after at most {', '.join(told)}; memory +{grown:.0f} MB"


def garbage(options):
    """2,000 clients send noise, TLS, HTTP/2, other protocols"""
    dice = random.Random(options.seed)
    fixed = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(200)),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
        b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n" + REQUEST,
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET /\r\n\r\n",
        b"\r\n" * 1000,
        b"\0" * 5000,
        b"GET " + b"/" * 7000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 1000 + b"\r\n",
        b"GET http://elsewhere.example/calendars/all.ics HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    ]
    with served(options, *LIMITS) as (program, good):
        before = program.memory()
        statuses = {}
        for number in range(2000):
            noise = dice.choice(fixed) if number % 2 else dice.randbytes(dice.randrange(1, 3000))
            if number % 5 == 0:
                # A good request with a few bytes turned.
                noise = bytearray(REQUEST)
                for _ in range(dice.randrange(1, 4)):
                    noise[dice.randrange(len(noise))] = dice.randrange(256)
            with connect(program) as client:
                client.sendall(bytes(noise))
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_WR)
                with contextlib.suppress(OSError):
                    answer = client.recv(65536)
                    status = answer[9:12].decode("ascii", "replace") or "closed"
                    statuses[status] = statuses.get(status, 0) + 1
        require("500" not in statuses, statuses)
        grown = program.memory() - before
        require(grown < 30, f"{grown:.0f} MB of memory")
        told = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
        return good.see(20), f"{told}; memory +{grown:.0f} MB"


def readers(options):
    """500 clients ask for a large feed a hundred times each and read nothing, 100 a byte at a time"""
    with served(options, *LIMITS, sessions=500) as (program, good):
        length, before = len(program.get()), program.memory()
        crowd = [connect(program, receive=2048) for _ in range(600)]
        for client in crowd:
            client.sendall(REQUEST * 100)
        began, worst, kernel = time.monotonic(), 0.0, 0.0
        open_ = set(crowd[500:])
        while time.monotonic() - began < 5:
            for client in list(open_):
                try:
                    client.settimeout(1)
                    client.recv(1)
                except OSError:
                    open_.discard(client)
            worst = max(worst, program.memory() - before)
            kernel = max(kernel, kernel_memory())
            time.sleep(0.05)
        # Whoever reads a byte at a time is let go for its pace, the others for their stall.
        wait_for("every one let go", lambda: program.descriptors() < 40, 40)
        took = time.monotonic() - began
        hang_up(crowd)
        require(worst < 60, f"{worst:.0f} MB of memory for {length * 60000 / 1e6:.0f} MB asked for")
        require(kernel < 250, f"{kernel:.0f} MB of the kernel's memory")
        report = good.see(20)
        return report, f"{length // 1000} KB asked 60,000 times: memory +{worst:.0f} MB, the kernel's {kernel:.0f} MB, all let go after {took:.0f} s"


def kernel_memory():
    """What the system's TCP connections take of its memory, in MB."""
    with open("/proc/net/sockstat", encoding="ascii") as numbers:
        (tcp,) = (line for line in numbers if line.startswith("TCP:"))
    return int(tcp.split()[-1]) * resource.getpagesize() / 1e6


def shapes():
    """Requests that two programs in a row may read differently -> what may be
    answered. `/smuggled` stands where only a misreading finds a request."""
    get = f"GET {FEED} HTTP/1.1\r\nHost: x\r\n".encode()
    post = f"POST {FEED} HTTP/1.1\r\nHost: x\r\n".encode()
    inner = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    length = f"{len(inner)}".encode()
    refused = {400, None}
    body = {400, 405, None}
    return {
        "length and chunked": (post + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner, body),
        "chunked and length": (post + b"Transfer-Encoding: chunked\r\nContent-Length: " + length + b"\r\n\r\n0\r\n\r\n" + inner, body),
        "two lengths": (post + b"Content-Length: 0\r\nContent-Length: " + length + b"\r\n\r\n" + inner, refused),
        "two lengths in one": (post + b"Content-Length: 0, " + length + b"\r\n\r\n" + inner, refused),
        "a length twice": (post + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", body),
        "length with a plus": (post + b"Content-Length: +" + length + b"\r\n\r\n" + inner, refused),
        "length below zero": (post + b"Content-Length: -1\r\n\r\n" + inner, refused),
        "length in hex": (post + b"Content-Length: 0x10\r\n\r\n" + inner, refused),
        "length past 64 bits": (post + b"Content-Length: 18446744073709551617\r\n\r\n" + inner, refused),
        "empty length": (post + b"Content-Length: \r\n\r\n" + inner, refused),
        "length with a body on GET": (get + b"Content-Length: " + length + b"\r\n\r\n" + inner, {200, 400, None}),
        "chunked on GET": (get + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner, {200, 400, None}),
        "chunked twice": (post + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + inner, body),
        "chunked, then identity": (post + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + inner, refused),
        "xchunked": (post + b"Transfer-Encoding: xchunked\r\n\r\n" + inner, refused),
        "chunked behind a tab": (post + b"Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n" + inner, body),
        "chunked behind a vertical tab": (post + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + inner, refused),
        "chunk size that is none": (post + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n" + inner, body),
        "chunk size past 64 bits": (post + b"Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n" + inner, body),
        "chunk size below zero": (post + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n" + inner, body),
        "chunk without its end": (post + b"Transfer-Encoding: chunked\r\n\r\n1\r\nab0\r\n\r\n" + inner, body),
        "chunk lines with bare LF": (post + b"Transfer-Encoding: chunked\r\n\r\n0\n\n" + inner, body),
        "chunk with an endless extension": (post + b"Transfer-Encoding: chunked\r\n\r\n0;" + b"a" * 20000 + b"\r\n\r\n" + inner, body),
        "trailers that name a length": (post + b"Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 9\r\n\r\n" + inner, body),
        "chunked in HTTP/1.0": (post.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner, body),
        "blank before a colon": (post + b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + inner, refused),
        "blank before the first header": (get[:-9] + b" Host: x\r\n\r\n" + inner, refused),
        "folded header": (get + b"X-A: b\r\n c: d\r\n\r\n", refused),
        "folded length": (post + b"Content-Length:\r\n " + length + b"\r\n\r\n" + inner, refused),
        "NUL in a header": (get + b"X-A: b\0c\r\n\r\n", refused),
        "bare CR in a header": (get + b"X-A: b\rTransfer-Encoding: chunked\r\n\r\n", refused),
        "bare LF line ends": (get.replace(b"\r\n", b"\n") + b"\n", {200, 400, None}),
        "header without a colon": (get + b"Nonsense\r\n\r\n", refused),
        "header without a name": (get + b": value\r\n\r\n", refused),
        "name with odd letters": (get + b"X(A): b\r\n\r\n", refused),
        "no host": (f"GET {FEED} HTTP/1.1\r\n\r\n".encode(), refused),
        "two hosts": (get + b"Host: y\r\n\r\n", refused),
        "two blanks in the request line": (b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", refused),
        "tab in the request line": (b"GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n", refused),
        "HTTP/1.1 in lower case": (b"GET / http/1.1\r\nHost: x\r\n\r\n", refused),
        "HTTP/2 without TLS": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", refused),
        "upgrade to h2c": (get + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n", {200}),
        "upgrade to a WebSocket": (get + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n\r\n", {200}),
        "expects 100 and sends no body": (post + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", {405, 417}),
        "a range": (get + b"Range: bytes=0-1,0-1,0-1\r\n\r\n", {200}),
        "method override": (get + b"X-HTTP-Method-Override: DELETE\r\n\r\n", {200}),
        "another host by header": (get + b"X-Forwarded-Host: elsewhere.example\r\n\r\n", {200}),
        "5,000 tags": (get + b"If-None-Match: " + b'"a",' * 1200 + b'"b"\r\n\r\n', {200}),
        "climbing out": (b"GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", {404}),
        "climbing out, encoded": (b"GET /calendars/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n\r\n", {404}),
        "half an escape": (b"GET /calendars/%f HTTP/1.1\r\nHost: x\r\n\r\n", {404}),
        "a line break in a path": (b"GET /calendars/a%0d%0aX-A:b.ics HTTP/1.1\r\nHost: x\r\n\r\n", {404}),
        "NUL in a path": (b"GET /calendars/%00.ics HTTP/1.1\r\nHost: x\r\n\r\n", {404}),
    }  # fmt: skip


def answers_to(program, bytes_):
    """The statuses of everything that is answered, `None` for a close without a word."""
    with connect(program) as client:
        client.sendall(bytes_)
        statuses = []
        with contextlib.suppress(Broken, ConnectionError):
            with client.makefile("rb") as stream:
                while True:
                    # After an answer, another one comes at once or never.
                    client.settimeout(0.3 if statuses else 5)
                    try:
                        status, headers, body = read_answer(stream)
                    except TimeoutError:
                        require(statuses, "no answer and no close within 5 s")
                        break
                    require("elsewhere" not in str(headers).lower() + body.decode("utf-8", "replace"), "it believed a header")
                    require(not {"x-a", "upgrade"} & headers.keys(), f"a header from the request: {headers}")
                    statuses.append(status)
        return statuses or [None]


def smuggling(options):
    """requests that a proxy in front may read differently: each is one request, or none"""
    with served(options, *LIMITS) as (program, good):
        told, wrong = {}, []
        for name, (bytes_, allowed) in shapes().items():
            try:
                statuses = answers_to(program, bytes_)
            except AssertionError as error:
                wrong.append(f"{name}: {error}")
                continue
            told[statuses[0]] = told.get(statuses[0], 0) + 1
            if len(statuses) > 1:
                wrong.append(f"{name}: answered {statuses}, one request too many")
            elif statuses[0] not in allowed:
                wrong.append(f"{name}: answered {statuses[0]}, allowed is {allowed}")
        require(not wrong, "; ".join(wrong))
        summary = ", ".join(f"{count} × {status or 'closed'}" for status, count in told.items())
        return good.see(20), f"{len(shapes())} shapes: {summary}; nothing smuggled"


def idle(options):
    """5,000 connections that have asked once and then idle, twice"""
    with served(options, "--idle-timeout", "15s") as (program, good):
        before, peaks = program.memory(), []
        for _ in range(2):
            crowd = []
            for _ in range(5000):
                client = connect(program)
                client.sendall(REQUEST)
                crowd.append(client)
            for client in crowd:
                with client.makefile("rb") as stream:
                    status, _, _ = read_answer(stream)
                require(status == 200, f"answered {status}")
            held = program.descriptors()
            require(held > 5000, f"only {held} files are open")
            peaks.append(program.memory())
            good.see(100)
            took = all_closed("idle", crowd, 20)
            hang_up(crowd)
        first, second = peaks
        each = (first - before) * 1024 / 5000
        require(each < 14, f"{each:.1f} KB each")
        # The C library keeps what the first took, and the second finds most of it in use.
        require(second < first * 1.5, f"memory grew from {first:.0f} to {second:.0f} MB")
        told = f"{each:.1f} KB each; let go {took:.0f} s later; memory {before:.0f}, {first:.0f}, then {second:.0f} MB"
        return good.see(20), told


def descriptors(options):
    """64 open files at most; at the door always 500, silent or with half a request

    The kernel holds the silent for a second, then they have 25 milliseconds;
    the others have 100 from the start."""

    def few_files():
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

    with served(options, preexec_fn=few_files) as (program, good):
        began, busy, said = time.monotonic(), program.processor_seconds(), len(program.log)
        crowd = []
        while time.monotonic() - began < 12:
            # Non-blocking: most wait in the kernel's queue.
            for number in range(500 - len(crowd)):
                client = socket.socket()
                client.setblocking(False)
                client.connect_ex(("127.0.0.1", program.port))
                if number % 2:
                    # Where it is not connected yet, it stays silent.
                    with contextlib.suppress(OSError):
                        client.send(REQUEST[:20])
                crowd.append(client)
            time.sleep(0.1)
            gone = {client for client in crowd if writable(client) and is_closed(client)}
            hang_up(gone)
            crowd = [client for client in crowd if client not in gone]
        share = (program.processor_seconds() - busy) / (time.monotonic() - began)
        hang_up(crowd)
        lines = program.log.count(b"\n", said)
        require(share < 0.5, f"it spins: {share:.0%} of a core")
        require(lines < 20, f"it wrote {lines} lines into the log: {program.log[-500:].decode()}")
        report = good.see(20)
        return report, f"{share:.0%} of a core meanwhile, {lines} lines of log"


def writable(client):
    return bool(select.select([], [client], [], 0)[1])


SCENARIOS = [silent, loris, endless, garbage, readers, smuggling, idle, descriptors]
