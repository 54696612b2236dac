"""The same requests to the program and through a proxy before it: everything
that a calendar program looks at must come through unchanged.

    proxied.py ORIGIN_PORT HTTPS_PORT HTTP_PORT CERTIFICATE
"""
import http.client
import socket
import ssl
import sys

HOST = "calendar.example.org"
FEED = "/calendars/all.ics"
# Each connection's own, and what names or dates the one who answers.
OWN = {"date", "connection", "keep-alive", "server", "via", "alt-svc", "age"}


class Secure(http.client.HTTPSConnection):
    """Asks for HOST wherever the port is."""

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port), 10)
        self.sock = self._context.wrap_socket(plain, server_hostname=HOST)


def ask(connection, method, path, headers):
    """Status, headers and body of one answer, on a connection of its own."""
    # Like Google and Evolution: no Accept-Encoding but where a case has one.
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in {"Host": HOST, "User-Agent": "try", **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    told = {}
    for name, value in answer.getheaders():
        told[name.lower()] = value
    return answer.status, told, body


def main():
    origin, https, plain = map(int, sys.argv[1:4])
    # A self-signed certificate, checked as a client would: it is trusted, and
    # its name must be right.
    trust = ssl.create_default_context(cafile=sys.argv[4])

    def direct(method, path, headers):
        return ask(http.client.HTTPConnection("127.0.0.1", origin, timeout=10), method, path, headers)

    def through(method, path, headers):
        return ask(Secure(HOST, https, timeout=10, context=trust), method, path, headers)

    _, feed, _ = direct("GET", FEED, {})
    _, packed, _ = direct("GET", FEED, {"Accept-Encoding": "gzip"})
    zipped = {"Accept-Encoding": "gzip, deflate, br"}
    cases = {
        "get": ("GET", FEED, {}),
        "identity": ("GET", FEED, {"Accept-Encoding": "identity"}),
        "head": ("HEAD", FEED, {}),
        "head-first": ("HEAD", "/calendars/gorna.ics", {}),
        "gzip": ("GET", FEED, zipped),
        "gzip-head": ("HEAD", FEED, zipped),
        "gzip-refused": ("GET", FEED, {"Accept-Encoding": "gzip;q=0, identity"}),
        "304-etag": ("GET", FEED, {"If-None-Match": feed["etag"]}),
        "304-weak-list": ("GET", FEED, {"If-None-Match": f'"other", W/{feed["etag"]}'}),
        "304-head": ("HEAD", FEED, {"If-None-Match": feed["etag"]}),
        "304-gzip": ("GET", FEED, {"If-None-Match": packed["etag"], **zipped}),
        "304-date": ("GET", FEED, {"If-Modified-Since": feed["last-modified"]}),
        "200-other-etag": ("GET", FEED, {"If-None-Match": '"other"'}),
        "200-older-date": ("GET", FEED, {"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"}),
        "cors": ("GET", FEED, {"Origin": "https://example.com"}),
        "preflight": ("OPTIONS", FEED, {"Origin": "https://example.com", "Access-Control-Request-Method": "GET"}),
        "alias-in-capitals": ("GET", "/calendars/Dzielnica-I,lesna.ics", {}),
        "encoded": ("GET", "/calendars/Przyk%C5%82adowa%20Le%C5%9Bna.ics", {}),
        "query": ("GET", "/calendar.ics?district=gorna&district=dolna", {}),
        "query-other-order": ("GET", "/calendar.ics?district=dolna&district=gorna", {}),
        "session": ("GET", "/sessions/2027-02.ics", {}),
        "atom": ("GET", "/calendars/all.atom", {}),
        "json-gzip": ("GET", "/calendars/all.json", zipped),
        "page": ("GET", "/en/", {}),
        "widget": ("GET", "/embed/gorna/", zipped),
        "redirect": ("GET", "/places", {}),
        "404-district": ("GET", "/calendars/gorrna.ics", {}),
        "404-page": ("GET", "/nothing", {}),
        "405": ("DELETE", FEED, {}),
        "health": ("GET", "/healthz", {}),
        "authorization": ("GET", FEED, {"Authorization": "Basic eDp5"}),
    }
    wrong = 0
    # Twice: what a proxy keeps must be what it got.
    for turn in ("first", "again"):
        for case, request in cases.items():
            expected, got = direct(*request), through(*request)
            faults = []
            if expected[0] != got[0]:
                faults.append(f"status {got[0]} instead of {expected[0]}")
            for name in sorted((expected[1].keys() | got[1].keys()) - OWN):
                before, after = expected[1].get(name), got[1].get(name)
                # A 304 out of a cache also repeats what the 200 said.
                repeated = got[0] == 304 and before is None and after == feed.get(name)
                if before != after and not repeated:
                    faults.append(f"{name}: {after!r} instead of {before!r}")
            if expected[2] != got[2]:
                faults.append("another body")
            for fault in faults:
                wrong += 1
                print(f"  WRONG  {case} ({turn}): {fault}")
    for method, path in (("GET", FEED), ("HEAD", FEED), ("GET", "/calendar.ics?district=gorna&district=dolna")):
        client = http.client.HTTPConnection("127.0.0.1", plain, timeout=10)
        status, told, _ = ask(client, method, path, {})
        location = told.get("location", "").replace(f"{HOST}:{https}", HOST)
        if (status, location) != (308, f"https://{HOST}{path}"):
            wrong += 1
            print(f"  WRONG  http {method} {path}: {status} to {location!r}")
    if wrong:
        sys.exit(f"{wrong} differences")
    print(f"  ok  {len(cases)} kinds of request, each twice: status, headers and body as from the program")
    print("  ok  http: and so webcal: answered 308 to the same path and query on https:")


if __name__ == "__main__":
    main()
