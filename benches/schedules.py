"""Schedules to measure with: marked as examples, of any number of sessions."""
import datetime

DISTRICTS = 18


def schedule(sessions, title="Example"):
    lines = [
        "calendar:",
        f"  {{id: example, title: {title}, timezone: Europe/Warsaw, window: 14:00-18:00, language: pl}}",
        "districts:",
    ]
    lines += [f"  - {{id: d{n}, name: Example district {n}}}" for n in range(DISTRICTS)]
    lines.append("venues:")
    lines += [
        f"  - {{id: v{n}, name: Kawiarnia Przykład {n}, district: d{n % DISTRICTS}}}"
        for n in range(50)
    ]
    lines.append("sessions:")
    first = datetime.date(2026, 1, 5)
    for n in range(sessions):
        date = first + datetime.timedelta(days=n % 700)
        lines += [
            f"  - id: s{n}",
            f"    date: {date}",
            f"    venue: v{n % 50}",
            f"    title: {{pl: Spotkanie przykładowe {n}, en: Example meeting {n}, uk: Приклад {n}}}",
            "    note: |",
            "      Przykład. Bez zapisów – wystarczy przyjść, napić się herbaty lub kawy",
            "      i porozmawiać o tym, co w okolicy warto zrobić razem.",
        ]
    return "\n".join(lines) + "\n"
