"""A client that was generated from the description uses every operation that reads, and corrects, undoes and checks."""

import sys

from generated_client import Client
from generated_client.api.check import check
from generated_client.api.corrections import get_correction, list_corrections, make_correction, undo_correction
from generated_client.api.outlets import get_outlet, list_outlets
from generated_client.api.reports import get_report, get_report_annotations, get_report_revisions
from generated_client.api.search import drop_saved_search, list_saved_searches, save_search, search
from generated_client.api.status import get_status
from generated_client.api.stories import get_story, get_story_changes, get_story_drift, get_story_variants, list_stories
from generated_client.models import NewCorrection, NewSearch, Pair, Problem, Split, Undoing
from generated_client.models.list_stories_order import ListStoriesOrder
from generated_client.models.split_do import SplitDo

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True, timeout=60)


def asked(operation, *arguments, **named):
    """Asks, and refuses a problem."""
    answer = operation.sync(*arguments, client=client, **named)
    assert answer is not None and not isinstance(answer, Problem), answer
    return answer


status = asked(get_status)
assert status.reports > 0 and status.stories > 0 and status.stale == 0, status

seen, cursor = [], None
while True:
    page = asked(list_stories, order=ListStoriesOrder.REPORTS, limit=3, **({"cursor": cursor} if cursor else {}))
    seen += [entry.id for entry in page.items]
    cursor = page.next_
    if cursor is None:
        break
assert len(seen) == len(set(seen)) > 1, seen

spans = 0
for name in seen:
    whole = asked(get_story, name)
    texts = {member.report.id: member.report.text for member in whole.reports}
    for sentence in whole.story.account:
        for span in sentence.sources:
            assert texts[span.report][span.start : span.end] == span.text, span
            spans += 1
    assert len(asked(get_story_variants, name).items) == len(whole.variant_keys)
    assert len(asked(get_story_drift, name).items) == len(whole.drift_keys)
    asked(get_story_changes, name, since="1")

largest = asked(get_story, seen[0])
report = largest.reports[0].entry.id
assert asked(get_report, report).story.id == seen[0]
assert len(asked(get_report_revisions, report).items) == 1
assert asked(get_report_annotations, report).annotations.sentences
found = asked(search, q=f"story:{seen[0]}")
assert found.total == len(largest.reports), found.total

outlets = asked(list_outlets).items
assert asked(get_outlet, outlets[0].name).entry.reports == outlets[0].reports

saved = asked(save_search, body=NewSearch(name="Ferries", q="ferry OR harbour"))
assert [kept.name for kept in asked(list_saved_searches).items] == ["Ferries"]
assert drop_saved_search.sync_detailed(saved.n, client=client).status_code == 204

action = Split(do=SplitDo.SPLIT, story=seen[0], reports=[report])
made = asked(make_correction, body=NewCorrection(who="Ada Orr", reason="A test.", action=action))
assert asked(get_correction, made.n).undone is None
assert asked(undo_correction, made.n, body=Undoing(who="Ada Orr")).undone.who == "Ada Orr"
assert asked(list_corrections).items[0].n == made.n

checked = asked(check, body=Pair(rewrite="Three ferries sank.", sources=["Two ferries sank off Delmare."]))
assert checked.drift[0].kind == "figure", checked

missing = get_story.sync(id="nobody/at all", client=client)
assert isinstance(missing, Problem) and missing.status == 404 and missing.next_, missing
print(f"{len(seen)} stories, {spans} spans found word for word in their reports, a correction made and undone")
