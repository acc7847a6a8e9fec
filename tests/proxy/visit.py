"""Comes in through a proxy as a browser, a program and a stranger do."""

import http.client
import json
import re
import socket
import ssl
import sys
import time
from urllib.parse import urlencode

plain, tls, inner = (int(port) for port in sys.argv[1:4])
certificate, log, access = sys.argv[4:7]
context = ssl.create_default_context(cafile=certificate)
passed = 0


def check(what, holds, why=""):
    global passed
    if not holds:
        sys.exit(f"FAILED {what}\n  {str(why)[:2000]}")
    passed += 1


class Through(http.client.HTTPSConnection):
    """A connection to the name that the certificate is for, at this machine."""

    def connect(self):
        self.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", tls), 30), server_hostname="news.example")


class Visitor:
    def __init__(self):
        self.cookies = {}
        self.lines = []

    def ask(self, method, path, body=None, **headers):
        connection = Through("news.example")
        given = {"Host": "news.example", "Accept": "text/html"}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given.update({name.replace("_", "-"): value for name, value in headers.items()})
        connection.request(method, path, body=body, headers=given)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.lines.append(value)
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        connection.close()
        return answer

    def post(self, path, **fields):
        form = {"Origin": "https://news.example", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields), **{name.replace("-", "_"): value for name, value in form.items()})


def token(page):
    return re.search(r'name="token" value="([^"]+)"', page.text).group(1)


def logged():
    with open(log, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.startswith("{")]


# Without TLS one is led to TLS.
bare = http.client.HTTPConnection("127.0.0.1", plain, timeout=30)
bare.request("GET", "/story/x?since=1", headers={"Host": "news.example"})
answer = bare.getresponse()
check("http leads to https", (answer.status, answer.getheader("location")) == (308, "https://news.example/story/x?since=1"), answer.getheaders())

# A browser.
ada = Visitor()
led = ada.ask("GET", "/search?q=harbour")
check("a stranger is led to the login, by a path", (led.status, led.getheader("location")) == (303, "/login?next=%2Fsearch%3Fq%3Dharbour"), led.getheaders())
form = ada.ask("GET", "/login?next=%2Fsearch%3Fq%3Dharbour")
check("the login is there, with strict transport", form.status == 200 and "max-age" in form.getheader("strict-transport-security"))
done = ada.post("/login", token=token(form), name="ada", password="four ferries in fog", next="/search?q=harbour")
check("Ada comes in", (done.status, done.getheader("location")) == (303, "/search?q=harbour"), done.text)
session = [line for line in ada.lines if line.startswith("__Host-variorum=")]
check("the cookie is for TLS alone", session and all(part in session[0] for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "Path=/"]), ada.lines)
page = ada.ask("GET", "/search?q=harbour")
check("she sees what she searched", page.status == 200 and "/report/" in page.text)
check("no cache may keep it for others", "private" in page.getheader("cache-control") and "cookie" in page.getheader("vary").lower())
saved = ada.post("/saved", token=token(page), query="harbour", name="Harbour")
check("a form of hers is taken", saved.status == 303, saved.text)
cross = ada.ask("POST", "/saved", urlencode({"token": token(page), "query": "x"}), Origin="https://evil.example")
check("a form of another site is not", cross.status == 403, cross.text)
feed = ada.ask("GET", "/feed.atom")
check("feeds name the public address", "https://news.example/story/" in feed.text and "127.0.0.1" not in feed.text, feed.text[:500])

# A program.
account = ada.ask("GET", "/account")
made = ada.post("/account/tokens", token=token(account), name="export", scope="read", days="30")
secret = re.search(r"variorum_[0-9a-f]{64}", made.text).group(0)
program = Visitor()
stories = program.ask("GET", "/api/v1/stories", Authorization=f"Bearer {secret}", Accept="application/json")
check("a token opens the API", stories.status == 200 and json.loads(stories.text)["items"], stories.text)
check("without one it is shut", program.ask("GET", "/api/v1/stories", Accept="application/json").status == 401)
check("figures are not for outside", ada.ask("GET", "/metrics").status == 404)
health = program.ask("GET", "/health")
check("outside one hears no more than ok", (health.status, health.text) == (200, "ok\n"), health.text)

# Who says to be somebody else.
spoofed = Visitor()
spoofed.ask("GET", "/login", X_Forwarded_For="203.0.113.77", X_Forwarded_Host="evil.example", X_Forwarded_Proto="http")
last = [line for line in logged() if line.get("path") == "/login"][-1]
check("a forged X-Forwarded-For is not believed", last["address"] == "127.0.0.1", last)
check("nor a forged host or scheme", any(line.startswith("__Host-variorum_form=") for line in spoofed.lines), spoofed.lines)
direct = http.client.HTTPConnection("127.0.0.1", inner, timeout=30)
direct.request("GET", "/login", headers={"Host": "evil.example"})
check("a foreign name is not answered", direct.getresponse().status == 421)

# Large and slow.
large = ada.ask("POST", "/saved", "x" * (5 << 20), Content_Type="application/x-www-form-urlencoded", Origin="https://news.example")
check("a large body is refused at the proxy", large.status == 413, large.status)
raw = context.wrap_socket(socket.create_connection(("127.0.0.1", tls), 30), server_hostname="news.example")
raw.sendall(b"POST /login HTTP/1.1\r\nHost: news.example\r\nContent-Length: 1000\r\n\r\ntoken=")
held = [socket.create_connection(("127.0.0.1", inner), 30) for _ in range(300)]
for one in held:
    one.sendall(b"POST /login HTTP/1.1\r\nhost: news.example\r\ncontent-length: 1000\r\n\r\ntoken=")
began = time.monotonic()
check("slow bodies hold nobody up", ada.ask("GET", "/saved").status == 200)
check("nor make one wait", time.monotonic() - began < 10, time.monotonic() - began)
for one in held + [raw]:
    one.close()

# Who guesses.
thief = Visitor()
form = thief.ask("GET", "/login")
statuses = [thief.post("/login", token=token(form), name="Ada", password="guess").status for _ in range(14)]
check("who guesses has to wait", 429 in statuses and set(statuses) <= {401, 429}, statuses)

# What is written down.
text = open(log, encoding="utf-8").read() + open(access, encoding="utf-8").read()
for word in ["four ferries", secret, "q=harbour", *ada.cookies.values()]:
    check("no secret and no question is written down", word not in text, word)
check("who asked is", any(line.get("user") == "Ada" and line.get("status") == 200 for line in logged()))
print(f"{passed} passed")
