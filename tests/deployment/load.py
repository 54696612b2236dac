"""Asks one address over and over on kept connections, until told to stop, and
tells what came of it. Each connection asks for the paths in turn.

    load.py PORT CONNECTIONS PATH...

SIGTERM ends it: a JSON object with the number of answers, the failed ones,
and for every path its ETags in the order of their first sight, each with the
seconds of its first and last sight and the digests of its bodies.
"""
import asyncio
import hashlib
import json
import signal
import sys
import time


async def ask(reader, writer, path):
    """Status, ETag and body of one answer; raises where there is none."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: calendar.example.org\r\nUser-Agent: load\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    body = await asyncio.wait_for(reader.readexactly(int(headers["content-length"])), 10)
    return int(lines[0].split()[1]), headers.get("etag", ""), body, headers.get("connection") == "close"


async def client(port, paths, seen, stopped):
    reader = writer = None
    turn = 0
    while not stopped.is_set():
        path = paths[turn % len(paths)]
        turn += 1
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            status, etag, body, closes = await ask(reader, writer, path)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError, KeyError) as error:
            seen["failed"].append(f"{path}: {error!r}")
            closes = True
        else:
            seen["answers"] += 1
            if status != 200:
                seen["failed"].append(f"{path}: {status}")
            else:
                now = time.time()
                one = seen["paths"][path].setdefault(etag, {"first": now, "bodies": {}})
                one["last"] = now
                digest = hashlib.sha256(body).hexdigest()[:16]
                one["bodies"][digest] = one["bodies"].get(digest, 0) + 1
        if closes and writer is not None:
            writer.close()
            writer = None


async def main():
    port, connections, paths = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    seen = {"answers": 0, "failed": [], "paths": {path: {} for path in paths}}
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    began = time.time()
    await asyncio.gather(*(client(port, paths, seen, stopped) for _ in range(connections)))
    seen["seconds"] = time.time() - began
    json.dump(seen, sys.stdout)


asyncio.run(main())
