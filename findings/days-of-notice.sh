#!/usr/bin/env bash
# How many days lie between the release of the tzdata package that knows of a change of the clock, and the change.
#
# Versions: tzdata 2022.2 to 2026.6, with the dates on which PyPI received them
# Good guess: a government tells the world a year before it changes its clocks.
# Seen: from no day at all (Chihuahua) and one (Beirut) to half a year (British Columbia); half came less than a month ahead, and
#   Moldova's four years after the clocks had been moved.
# Why: decrees are signed late, somebody must notice, and the database is released by volunteers a few times a year.
# Hurts: a system that is upgraded each quarter has wrong due times there for weeks, and says nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl -sSf https://pypi.org/pypi/tzdata/json > "$work/releases.json"
cat > "$work/seen" <<'SEEN'
2022b America/Santiago 2022-08-12 2022-09-04 23
2022e Asia/Amman 2022-10-13 2022-10-27 14
2022f America/Chihuahua 2022-10-30 2022-10-30 0
2023a Africa/Cairo 2023-03-24 2023-04-27 34
2023b Asia/Beirut 2023-03-24 2023-03-25 1
2023d America/Scoresbysund 2023-12-29 2024-03-31 93
2024a Asia/Almaty 2024-02-11 2024-02-29 18
2025a America/Asuncion 2025-01-21 2025-03-23 61
2026a Europe/Chisinau 2026-04-03 2022-03-27 -1468
2026b America/Vancouver 2026-04-24 2026-11-01 191
2026c America/Edmonton 2026-07-10 2026-11-01 114
2026c Africa/Casablanca 2026-07-10 2026-09-20 72
2026e America/Winnipeg 2026-10-03 2026-11-01 29
2026f America/Havana 2026-10-28 2026-11-01 4
SEEN
python3 - "$work" > "$work/now" <<'PY'
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

work = Path(sys.argv[1])
received = {
    version: datetime.fromisoformat(files[0]["upload_time"]).replace(tzinfo=UTC)
    for version, files in json.loads((work / "releases.json").read_text())["releases"].items()
}
changes = (
    # release, package and the one before it, zone
    ("2022b", "2022.2", "2022.1", "America/Santiago"),
    ("2022e", "2022.5", "2022.4", "Asia/Amman"),
    ("2022f", "2022.6", "2022.5", "America/Chihuahua"),
    ("2023a", "2023.1", "2022.7", "Africa/Cairo"),
    ("2023b", "2023.2", "2023.1", "Asia/Beirut"),
    ("2023d", "2023.4", "2023.3", "America/Scoresbysund"),
    ("2024a", "2024.1", "2023.4", "Asia/Almaty"),
    ("2025a", "2025.1", "2024.2", "America/Asuncion"),
    ("2026a", "2026.1", "2025.3", "Europe/Chisinau"),
    ("2026b", "2026.2", "2026.1", "America/Vancouver"),
    ("2026c", "2026.3", "2026.2", "America/Edmonton"),
    ("2026c", "2026.3", "2026.2", "Africa/Casablanca"),
    ("2026e", "2026.5", "2026.4", "America/Winnipeg"),
    ("2026f", "2026.6", "2026.5", "America/Havana"),
)


def zone(version, name):
    folder = work / version
    if not folder.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--root-user-action=ignore"]
        subprocess.run([*pip, "--target", folder, f"tzdata=={version}"], check=True, stderr=subprocess.DEVNULL)
    with (folder / "tzdata" / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, name)


for release, package, before, name in changes:
    new, old = zone(package, name), zone(before, name)
    at = datetime(2022, 1, 1, tzinfo=UTC)
    while at.astimezone(new).utcoffset() == at.astimezone(old).utcoffset():
        at += timedelta(minutes=30)
    notice = at.date() - received[package].date()
    print(release, name, received[package].date(), at.date(), notice.days)
PY
diff "$work/seen" "$work/now"
echo "as seen: from four years too late to half a year ahead"
