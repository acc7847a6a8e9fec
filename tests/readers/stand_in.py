"""A stand-in for Miniflux, for where the real one cannot be had: the part of https://miniflux.app/docs/api.html that a
reader's account is read by. What it answers is held to the official Python client by account.py.

Usage: stand_in.py PORT
"""

import base64
import json
import re
import secrets
import sys
import time
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER = {"id": 1, "username": "ada", "is_admin": False, "theme": "light_serif", "language": "en_US", "timezone": "UTC"}
PASSWORD = "open-sesame"
KEYS, FEEDS, ENTRIES = set(), {}, {}
CATEGORY = {"id": 1, "user_id": 1, "title": "All", "hide_globally": False}


def stamp(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat().replace("+00:00", "Z")


def subscribe(url):
    tree = ET.fromstring(urllib.request.urlopen(url).read()).find("channel")
    number = len(FEEDS) + 1
    FEEDS[number] = {"id": number, "user_id": 1, "feed_url": url, "site_url": tree.findtext("link"),
                     "title": tree.findtext("title"), "category": CATEGORY}
    for item in tree.iter("item"):
        now = time.time()
        entry = len(ENTRIES) + 1
        ENTRIES[entry] = {
            "id": entry, "user_id": 1, "feed_id": number, "status": "unread", "hash": secrets.token_hex(32),
            "title": item.findtext("title"), "url": item.findtext("link"), "comments_url": "", "language": "",
            "published_at": parsedate_to_datetime(item.findtext("pubDate")).isoformat(),
            "created_at": stamp(now), "changed_at": stamp(now), "author": "", "share_code": "", "starred": False,
            "content": item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded"),
            "reading_time": 1, "enclosures": [], "tags": [], "feed": FEEDS[number],
        }
    return number


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=None):
        words = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if body is not None:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def wrong(self, status, words):
        self.answer(status, {"error_message": words})

    def is_known(self):
        if self.headers.get("X-Auth-Token") in KEYS:
            return True
        basic = "Basic " + base64.b64encode(f"{USER['username']}:{PASSWORD}".encode()).decode()
        return self.headers.get("Authorization") == basic

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        if not self.is_known():
            return self.wrong(401, "access unauthorized")
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        match (self.command, url.path):
            case ("GET", "/v1/me"):
                self.answer(200, USER)
            case ("GET", "/v1/categories"):
                self.answer(200, [CATEGORY])
            case ("POST", "/v1/feeds"):
                self.answer(201, {"feed_id": subscribe(body["feed_url"])})
            case ("POST", "/v1/api-keys"):
                key = secrets.token_urlsafe(32)
                KEYS.add(key)
                self.answer(201, {"id": len(KEYS), "user_id": 1, "token": key, "description": body["description"]})
            case ("GET", "/v1/entries"):
                self.entries(query)
            case ("PUT", "/v1/entries"):
                self.update(body)
            case _:
                self.wrong(404, "resource not found")

    do_GET = do_POST = do_PUT = handle_any

    def entries(self, query):
        order, direction = query.get("order", "published_at"), query.get("direction", "asc")
        if order not in ("id", "status", "changed_at", "published_at", "created_at", "title", "author"):
            return self.wrong(400, "invalid order")
        if direction not in ("asc", "desc") or query.get("status", "read") not in ("read", "unread"):
            return self.wrong(400, "invalid direction or status")
        if not all(re.fullmatch(r"\d+", query.get(name, "0")) for name in ("limit", "offset", "after_entry_id")):
            return self.wrong(400, "invalid number")
        after, changed = int(query.get("after_entry_id", 0)), float(query.get("changed_after", 0))
        found = [entry for entry in ENTRIES.values()
                 if entry["id"] > after and query.get("status", entry["status"]) == entry["status"]
                 and datetime.fromisoformat(entry["changed_at"].replace("Z", "+00:00")).timestamp() > changed]
        found.sort(key=lambda entry: entry[order], reverse=direction == "desc")
        offset, limit = int(query.get("offset", 0)), int(query.get("limit", 100))
        self.answer(200, {"total": len(found), "entries": found[offset:offset + limit]})

    def update(self, body):
        if body.get("status") not in ("read", "unread") or not body.get("entry_ids"):
            return self.wrong(400, "invalid entry status")
        for number in body["entry_ids"]:
            if number in ENTRIES:
                ENTRIES[number] |= {"status": body["status"], "changed_at": stamp(time.time())}
        self.answer(204)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
