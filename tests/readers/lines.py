"""The bytes of a feed -> what is wrong with its lines (RFC 5545, 3.1), by
nobody's library."""

import re

EVENT = {
    "UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "CATEGORIES", "DESCRIPTION", "DTEND",
    "DTSTART", "GEO", "LOCATION", "STATUS", "SUMMARY", "TRANSP", "URL", "X-APPLE-STRUCTURED-LOCATION",
}
CALENDAR = {
    "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC",
    "X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE", "URL", "COLOR",
    "X-APPLE-CALENDAR-COLOR", "LAST-MODIFIED",
}
KNOWN = {"VEVENT": EVENT, "VCALENDAR": CALENDAR}


def line_faults(feed, events):
    """Faults of the lines of a feed that is to hold so many events, in words."""
    found = []
    if not feed.endswith(b"\r\n"):
        found.append("the last line has no end")
    if feed.replace(b"\r\n", b"").count(b"\n") + feed.replace(b"\r\n", b"").count(b"\r"):
        found.append("a line ends in something else than CRLF")
    logical = []
    for line in feed.removesuffix(b"\r\n").split(b"\r\n"):
        if len(line) > 75:
            found.append(f"{len(line)} octets: {line!r}")
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            found.append(f"a fold inside a character: {line!r}")
            continue
        if not text.startswith(" "):
            logical.append(text)
            continue
        before = logical[-1]
        if (len(before) - len(before.rstrip("\\"))) % 2:
            found.append(f"a fold inside an escape: {before[-20:]!r}, {text!r}")
        logical[-1] += text[1:]

    # Which properties stand where: none may start from a text.
    inside, seen, counted = [], [], 0
    for line in logical:
        name = re.match(r"[^;:]*", line)[0]
        if name == "BEGIN":
            inside.append(line.removeprefix("BEGIN:"))
            seen.append([])
            counted += inside[-1] == "VEVENT"
        elif name == "END":
            if not inside or inside.pop() != line.removeprefix("END:"):
                found.append(f"nothing ends here: {line!r}")
                break
            seen.pop()
        elif not inside:
            found.append(f"outside the calendar: {line!r}")
        elif inside[-1] in KNOWN:
            if name not in KNOWN[inside[-1]] or name in seen[-1]:
                found.append(f"a property too many: {line[:80]!r}")
            seen[-1].append(name)
    if inside:
        found.append(f"no END:{inside[-1]}")
    if counted != events:
        found.append(f"{counted} events, not {events}")
    return found
