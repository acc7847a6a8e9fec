"""FreshRSS as a program sees it that reads its documentation.

Usage: freshrss.py URL status | read TITLE-OF-FEED
"""

import sys

import requests

base, what, *rest = sys.argv[1:]
api = f"{base}/api/greader.php"
login = requests.post(f"{api}/accounts/ClientLogin", data={"Email": "ada", "Passwd": "open-sesame"}, timeout=30)
auth = next(line[5:] for line in login.text.splitlines() if line.startswith("Auth="))
headers = {"Authorization": f"GoogleLogin auth={auth}"}
READ = "user/-/state/com.google/read"
items = requests.get(f"{api}/reader/api/0/stream/contents/user/-/state/com.google/reading-list?output=json&n=100&r=o", headers=headers, timeout=30).json()["items"]
if what == "read":
    token = requests.get(f"{api}/reader/api/0/token", headers=headers, timeout=30).text.strip()
    for item in items:
        if item["origin"]["title"] == rest[0]:
            done = requests.post(f"{api}/reader/api/0/edit-tag", headers=headers, data={"T": token, "i": item["id"], "a": READ}, timeout=30)
            assert done.text.startswith("OK"), done.text
else:
    for item in items:
        print(item["origin"]["title"], "read" if READ in item["categories"] else "unread", sep=": ")
