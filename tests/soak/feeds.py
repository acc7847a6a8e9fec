"""A world of invented feeds that grow, on as many addresses of this machine, and fail as feeds do."""

import hashlib, random, socket, threading, time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape, quoteattr

PLACES = "Delmare Karsholm Ostrana Calverra Tolmar Halvik Vesterland Norrby Sandvik Port-Orr Lower-Ness Saint-Ava".split()
PEOPLE = "Ada Orr,Jon Weir,Ivo Brandt,Lena Falk,Mira Sand,Tomas Rell,Nadia Quist,Bram Holt,Elin Vogt,Sam Ferrow".split(",")
WHAT = ("a ferry,a grain silo,the tram depot,a footbridge,the fish market,an old mill,the night train,a school hall,"
        "the harbour crane,a water tower,the county archive,a wind farm").split(",")
DID = ("was closed after a fire,will be rebuilt by spring,was sold to the city,stood still for hours,"
       "was opened again,lost its licence,was damaged by the storm,is to be moved").split(",")
WORDS = ("amber anchor autumn barley basin beacon birch bramble brick bridge candle canvas cargo cedar cellar chalk "
         "copper coral cotton crane current dawn delta dock drift ember engine estuary fathom fennel ferry flint fog "
         "gale garden gravel grove harbour hazel heath heron hollow inlet iron island ivory jetty juniper kiln ladder "
         "lantern larch ledger linen lock lumber maple marble marsh meadow mill mirror moss mortar needle nickel oak "
         "orchard otter paper pasture pebble pier pine plaster plough quarry quay rafter ravine reed ridge river rope "
         "saddle salt sand sedge shale shore signal slate sluice spruce stone summit tar thatch thistle tide timber "
         "tin tower tunnel turf valley velvet vessel walnut wharf wheat willow window winter wool yarn").split()


class Item:
    """An item: its text is of its own, so that what is taken in is distinct."""

    def __init__(self, feed, n, at, rng, copied=None):
        self.feed, self.n, self.at = feed, n, at
        self.path = f"/2026/{n}"
        if copied is not None:
            self.title, self.text = copied.title, copied.text
            return
        place, person = rng.choice(PLACES), rng.choice(PEOPLE)
        self.title = f"{rng.choice(WHAT).capitalize()} in {place} {rng.choice(DID)} ({feed}-{n})"
        lead = f"{self.title}, {person} said on Monday; {rng.randint(2, 900)} people were told by mail."
        rest = [" ".join(rng.choice(WORDS) for _ in range(rng.randint(9, 16))).capitalize() + f", {rng.choice(PEOPLE)} added."
                for _ in range(rng.randint(7, 11))]
        self.text = " ".join([lead] + rest)


class World:
    def __init__(self, feeds, items, seconds, faults, seed):
        self.n_feeds, self.seconds, self.faults = feeds, seconds, faults
        self.rng, self.lock = random.Random(seed), threading.Lock()
        self.began, self.down = None, False
        self.port = None
        # Items come evenly over the first nine tenths, so that the last ones are seen.
        self.items = [[] for _ in range(feeds)]
        made = random.Random(seed + 1)
        for n in range(items):
            feed = n % feeds
            at = seconds * 0.9 * n / items
            copied = None
            if n > feeds and made.random() < 0.05:
                other = made.randrange(feeds)
                copied = made.choice(self.items[other]) if self.items[other] else None
            self.items[feed].append(Item(feed, n, at, made, copied))
        self.served, self.requests, self.conditional, self.robots = set(), 0, 0, 0
        self.answers, self.faults_done, self.restarts = Counter(), Counter(), 0

    def host(self, feed):
        return f"127.{20 + feed // 62500}.{feed // 250 % 250}.{feed % 250 + 1}"

    def feed_of(self, host):
        try:
            a, b, c, d = (int(part) for part in host.split(":")[0].split("."))
            return (b - 20) * 62500 + c * 250 + d - 1
        except ValueError:
            return -1

    def key(self, item):
        return f"{self.host(item.feed)}:{self.port}{item.path}"

    def all_keys(self):
        return {self.key(item) for feed in self.items for item in feed}

    def served_whole(self):
        with self.lock:
            return set(self.served)

    def made(self):
        return sum(1 for feed in self.items for item in feed if self.is_out(item))

    def is_out(self, item):
        return self.began is not None and time.monotonic() - self.began >= item.at

    def begin(self):
        self.began = time.monotonic()

    def opml(self):
        rows = "\n".join(
            f"<outline type='rss' text={quoteattr('Feed %d' % n)} xmlUrl={quoteattr('http://%s:%d/feed.xml' % (self.host(n), self.port))}/>"
            for n in range(self.n_feeds))
        return f"<?xml version='1.0'?><opml version='2.0'><head><title>Soak</title></head><body>\n{rows}\n</body></opml>\n"

    def body(self, feed):
        items = [item for item in self.items[feed] if self.is_out(item)]
        # A window of the newest, as feeds have one.
        shown = items[-120:][::-1]
        rows = "".join(
            f"<item><title>{escape(i.title)}</title><link>http://{self.host(feed)}:{self.port}{i.path}</link>"
            f"<guid isPermaLink='false'>{i.n}</guid><description>{escape(i.text)}</description></item>" for i in shown)
        text = (f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Feed {feed}</title>"
                f"<link>http://{self.host(feed)}:{self.port}/</link><description>Invented</description>{rows}</channel></rss>")
        return text.encode(), shown

    def start(self):
        world = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version, timeout = "HTTP/1.1", 60

            def log_message(self, *_):
                pass

            def do_GET(self):
                try:
                    world.answer(self)
                except (BrokenPipeError, ConnectionResetError, TimeoutError):
                    world.answers["broke off"] += 1

        class Server(ThreadingHTTPServer):
            daemon_threads, request_queue_size, allow_reuse_address = True, 512, True

            def handle_error(self, *_):
                pass

        self.server_of = lambda port: Server(("0.0.0.0", port), Handler)
        self.server = self.server_of(0)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def restart(self, seconds):
        self.restarts += 1
        self.server.shutdown()
        self.server.server_close()
        time.sleep(seconds)
        self.server = self.server_of(self.port)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        feed = self.feed_of(request.headers.get("Host", ""))
        if request.path == "/robots.txt":
            with self.lock:
                self.robots += 1
            return send(request, 404, b"")
        if not 0 <= feed < self.n_feeds or request.path != "/feed.xml":
            return send(request, 404, b"")
        body, shown = self.body(feed)
        etag = f'W/"{hashlib.sha1(body).hexdigest()[:16]}"'
        with self.lock:
            self.requests += 1
            asked = request.headers.get("If-None-Match")
            self.conditional += asked is not None
            # Late, nothing goes wrong any more, so that all that was made is served.
            late = self.began is not None and time.monotonic() - self.began > self.seconds * 0.92
            fault = None if late or self.rng.random() >= self.faults else self.rng.choice(
                ["dropped", "reset", "500", "503", "drip", "cut-off", "short", "html"])
            if fault:
                self.faults_done[fault] += 1
        if fault is None and asked == etag:
            return self.count(304, send(request, 304, b"", etag))
        if fault == "dropped":
            request.close_connection = True
            return
        if fault == "reset":
            request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            request.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
            request.close_connection = True
            return
        if fault in ("500", "503"):
            extra = {"Retry-After": "5"} if fault == "503" else {}
            return self.count(int(fault), send(request, int(fault), b"not now", None, extra))
        if fault == "html":
            return self.count("page", send(request, 200, b"<!DOCTYPE html><html><body><p>Be right back.</p></body></html>", 'W/"x"'))
        if fault == "short":
            # Whole by its length, but not by what it says: the end of the feed is missing.
            return self.count("cut", send(request, 200, body[: len(body) * 2 // 3], etag + "x"))
        head(request, 200, len(body), etag)
        if fault == "cut-off":
            request.wfile.write(body[: len(body) // 2])
            request.close_connection = True
            return self.count("cut off", None)
        if fault == "drip":
            step = max(1, len(body) // 40)
            for at in range(0, len(body), step):
                request.wfile.write(body[at:at + step])
                request.wfile.flush()
                time.sleep(0.1)
        else:
            request.wfile.write(body)
        request.wfile.flush()
        self.count(200, None)
        with self.lock:
            self.served.update(self.key(item) for item in shown)

    def count(self, what, _):
        with self.lock:
            self.answers[str(what)] += 1

    def wrong_words(self, folder, record):
        """Returns keys whose headline in the record is not that of the item."""
        titles = {self.key(item): item.title for feed in self.items for item in feed}
        return sorted(key for key, title in record(folder, "SELECT key, title FROM report")
                      if key in titles and title != titles[key])


def head(request, status, length, etag=None, extra=None):
    request.send_response(status)
    if status != 304:
        request.send_header("Content-Type", "application/rss+xml")
        request.send_header("Content-Length", str(length))
    if etag:
        request.send_header("ETag", etag)
    for name, value in (extra or {}).items():
        request.send_header(name, value)
    request.end_headers()


def send(request, status, body, etag=None, extra=None):
    head(request, status, len(body), etag, extra)
    if status != 304:
        request.wfile.write(body)
        request.wfile.flush()
