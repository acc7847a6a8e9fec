"""Miniflux as its own Python client sees it: the real one, or our stand-in, which must answer it alike.

Usage: account.py URL setup FEEDS | status | read TITLE-OF-FEED | key FILE
"""

import sys
import time

import miniflux

url, what, *rest = sys.argv[1:]
client = miniflux.Client(url, username="ada", password="open-sesame")


def entries(**query):
    found = client.get_entries(order="id", direction="asc", limit=100, **query)
    return found["entries"]


if what == "setup":
    assert client.me()["username"] == "ada"
    category = client.get_categories()[0]["id"]
    for name in ("herald", "tidings", "courier", "observer"):
        client.create_feed(f"{rest[0]}/{name}.xml", category_id=category)
    for _ in range(50):
        if len(entries()) == 4:
            break
        time.sleep(0.1)
    found = entries()
    assert len(found) == 4 and all(entry["status"] == "unread" for entry in found), found
    assert len(entries(after_entry_id=found[0]["id"])) == 3
    assert entries(changed_after=int(time.time()) + 3600) == []
    try:
        miniflux.Client(url, api_key="wrong").me()
        raise SystemExit("a wrong key is let in")
    except miniflux.AccessUnauthorized:
        pass
elif what == "key":
    key = client.create_api_key("variorum")["token"]
    with open(rest[0], "w") as file:
        file.write(key + "\n")
elif what == "read":
    found = [entry["id"] for entry in entries() if entry["feed"]["title"] == rest[0]]
    assert client.update_entries(found, "read")
elif what == "status":
    for entry in entries():
        print(entry["feed"]["title"], entry["status"], sep=": ")
