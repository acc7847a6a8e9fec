"""An assistant asks the newsroom through the protocol's own client."""

import asyncio
import json
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


async def main(program, store):
    server = StdioServerParameters(command=program, args=["mcp", "--store", store])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        tools = {tool.name for tool in (await session.list_tools()).tools}
        assert tools == {"search", "stories", "story", "report", "check"}, tools

        async def ask(tool, **arguments):
            result = (await session.call_tool(tool, arguments)).model_dump(by_alias=True)
            assert not result.get("isError"), (tool, arguments, result)
            assert len(json.dumps(result["structuredContent"])) < 40_000, tool
            return result["structuredContent"]

        async def refused(tool, **arguments):
            result = (await session.call_tool(tool, arguments)).model_dump(by_alias=True)
            assert result.get("isError"), (tool, arguments, result)
            assert "next: " in result["content"][0]["text"]

        stories = await ask("stories", order="reports", limit=3)
        story = stories["stories"][0]
        assert story["reports"] >= 2 and "not truth" in stories["counted"]
        texts, parts = {}, 0
        for part in ["account", "variants", "drift", "lineage", "timeline", "statements", "reports"]:
            cursor = None
            while True:
                arguments = {"id": story["id"], "part": part} | ({"cursor": cursor} if cursor else {})
                answer = await ask("story", **arguments)
                for span in spans(answer["items"]):
                    await same_words(ask, texts, span)
                parts += 1
                cursor = answer["next"]
                if cursor is None:
                    break
        found = await ask("search", query=f"story:{story['id']}", limit=1)
        report = found["reports"][0]["id"]
        text = (await ask("report", id=report))["text"]["text"]
        checked = await ask("check", rewrite=text[:500], reports=[report])
        assert checked["faithful"] > 0.5, checked
        await refused("report", id="nobody")
        await refused("story", id="nobody")
        await refused("search", query='"open')
        await refused("search", limit="many")
        print(f"story {story['id']} in {parts} answers, {len(texts)} reports read, every span's words found there")


def spans(value):
    """Yields every span in a value."""
    if isinstance(value, dict):
        if {"report", "start", "end", "text"} <= value.keys() and isinstance(value["report"], str):
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


async def same_words(ask, texts, span):
    """Holds a span to the report that it names."""
    name = span["report"]
    if name not in texts:
        texts[name], cursor = "", None
        while True:
            part = await ask("report", id=name, **({"cursor": cursor} if cursor else {}))
            texts[name] += part["text"]["text"]
            cursor = part["next"]
            if cursor is None:
                break
    assert texts[name][span["start"] : span["end"]] == span["text"], span


asyncio.run(main(*sys.argv[1:]))
