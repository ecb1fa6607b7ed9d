"""Takes every record of a running API into a folder, one file each: take_feed.py API."""

import json
import sys
from pathlib import Path
from urllib.request import urlopen

KINDS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


def taken(address: str) -> bytes:
    with urlopen(address, timeout=60) as answer:  # noqa: S310 - an address the caller gave
        content: bytes = answer.read()
        return content


def main() -> None:
    api = sys.argv[1]
    Path("api.json").write_bytes(taken(f"{api}/"))
    whole = api.replace("/open-referral/v3", "/open-data/services.json")
    Path("services.json").write_bytes(taken(whole))
    for kind in KINDS:
        for form in ("list", "full"):
            (Path(kind) / form).mkdir(parents=True)
        number, is_last = 1, False
        while not is_last:
            page = json.loads(taken(f"{api}/{kind}?page={number}&per_page=1000"))
            for one in page["contents"]:
                name = f"{one['id']}.json"
                (Path(kind) / "list" / name).write_text(json.dumps(one))
                (Path(kind) / "full" / name).write_bytes(taken(f"{api}/{kind}/{one['id']}"))
            number, is_last = number + 1, page["last_page"]


if __name__ == "__main__":
    main()
