"""A reader of feeds, written for Google Reader in 2013, shows stories: libgreader, with its addresses turned to us."""

import sys

from libgreader import ClientAuthMethod, GoogleReader
from libgreader.url import ReaderUrl

base, user, password = sys.argv[1:4]
for name, value in list(vars(ReaderUrl).items()):
    if isinstance(value, str) and value.startswith("https://www.google.com"):
        setattr(ReaderUrl, name, base + value.removeprefix("https://www.google.com"))
ClientAuthMethod.CLIENT_URL = base + "/accounts/ClientLogin"

auth = ClientAuthMethod(user, password)
reader = GoogleReader(auth)
print("user:", reader.getUserInfo()["userName"])
reader.makeSpecialFeeds()
assert reader.buildSubscriptionList()
feeds = reader.getFeeds()
assert [feed.title for feed in feeds] == ["Disagreements", "Drift", "Other stories"], feeds
assert [category.label for category in reader.getCategories()] == ["Stories"]
everything = reader.getSpecialFeed(ReaderUrl.READING_LIST)
everything.loadItems(loadLimit=1)
while everything.continuation:
    everything.loadMoreItems(loadLimit=1)
items = everything.getItems()
unread = sum(feed.unread for feed in feeds)
assert len({item.id for item in items}) == len(items) == unread >= 3, (len(items), unread)
assert all(item.title and item.url.startswith("http") and "Variorum counts reporting" in item.content for item in items)
first = items[0]
assert not first.isRead() and first.markRead() is None or first.isRead()
assert first.star() is None or first.isStarred()
again = GoogleReader(auth)
again.makeSpecialFeeds()
again.buildSubscriptionList()
assert sum(feed.unread for feed in again.getFeeds()) == unread - 1
starred = again.getSpecialFeed(ReaderUrl.STARRED_LIST)
starred.loadItems()
assert [item.id for item in starred.getItems()] == [first.id]
disagreeing = again.getFeeds()[0]
again.markFeedAsRead(disagreeing)
again.buildSubscriptionList()
assert again.getFeed(disagreeing.id).unread == 0
assert again.subscribe("feed/https://a.example") is False
print(f"{len(items)} stories read, starred and marked")
