"""Evolution's data server, subscribed to a running program, through the
officer's edits. To be run under dbus-run-session, by the system's Python."""

import os
import pathlib
import sys
import urllib.parse

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, ICalGLib  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "readers"))
import program  # noqa: E402
import results  # noqa: E402
import story  # noqa: E402

# What Evolution's own dialog "New Calendar, On the Web" writes.
SOURCE = """\
[Data Source]
DisplayName=Example
Enabled=true
Parent=webcal-stub

[Calendar]
BackendName=webcal
Selected=true

[Authentication]
Host={host}
Port={port}
Method=none

[Security]
Method=none

[WebDAV Backend]
ResourcePath=/calendars/all.ics

[Offline]
StaySynchronized=true

[Refresh]
Enabled=true
IntervalMinutes=360
"""

STATUSES = {
    ICalGLib.PropertyStatus.CONFIRMED: "CONFIRMED",
    ICalGLib.PropertyStatus.CANCELLED: "CANCELLED",
    ICalGLib.PropertyStatus.TENTATIVE: "TENTATIVE",
}


class Evolution:
    """The calendar as Evolution would show it."""

    def __init__(self, base):
        address = urllib.parse.urlsplit(base)
        sources = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "evolution" / "sources"
        sources.mkdir(parents=True)
        (sources / "example.source").write_text(
            SOURCE.format(host=address.hostname, port=address.port), encoding="utf-8"
        )
        registry = EDataServer.SourceRegistry.new_sync(None)
        source = registry.ref_source("example")
        self.client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, 30, None)
        self.refresh()

    def refresh(self):
        self.client.refresh_sync(None)

    def events(self):
        _, components = self.client.get_object_list_sync("#t", None)
        return {component.get_uid(): shown(component) for component in components}


def shown(component):
    zone = component.get_first_property(ICalGLib.PropertyKind.DTSTART_PROPERTY)
    parameter = zone.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER)
    return {
        "summary": component.get_summary(),
        "location": component.get_location(),
        "start": component.get_dtstart().as_ical_string(),
        "end": component.get_dtend().as_ical_string(),
        "zone": parameter and parameter.get_tzid(),
        "status": STATUSES.get(component.get_status()),
        "sequence": component.get_sequence(),
    }


def main():
    binary, version = sys.argv[1:]
    edit = story.Edit()
    folder = pathlib.Path(os.environ["HOME"])
    edit.write(folder / "schedule.yaml")
    with program.serve(binary, folder / "schedule.yaml") as served:
        good, bad = story.tell(served, edit, lambda: Evolution(served.base))
    results.keep("Evolution data server", version, results.STORY, good, bad)
    print(f"Evolution data server {version}: {good} passed, {bad} failed")
    sys.exit(1 if bad or not good else 0)


main()
