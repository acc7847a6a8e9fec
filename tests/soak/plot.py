"""Draws memory and reports over time as SVG."""

WIDE, HIGH, LEFT, TOP, RIGHT, BOTTOM = 900, 420, 70, 50, 70, 50


def draw(samples, kills, figures):
    last = max((s["at"] for s in samples), default=1) or 1
    most_rss = nice(max((s["rss"] for s in samples), default=1))
    most = nice(max((max(s["reports"], s["made"]) for s in samples), default=1))
    x = lambda at: LEFT + (WIDE - LEFT - RIGHT) * at / last
    y = lambda value, top: HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * value / top
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDE} {HIGH}' font-family='sans-serif' font-size='12' role='img'>",
        f"<title>Memory and reports over {last / 60:.0f} minutes</title>",
        f"<rect width='{WIDE}' height='{HIGH}' fill='#fff'/>",
        f"<text x='{LEFT}' y='22' font-size='15'>{figures['feeds']:,} feeds, {figures['items']:,} items: "
        f"{figures['lost']} lost, {figures['twice']} twice</text>",
    ]
    for step in range(5):
        value, rss = most * step / 4, most_rss * step / 4
        at = y(value, most)
        parts.append(f"<line x1='{LEFT}' x2='{WIDE - RIGHT}' y1='{at:.1f}' y2='{at:.1f}' stroke='#ddd'/>")
        parts.append(f"<text x='{LEFT - 8}' y='{at + 4:.1f}' text-anchor='end' fill='#a33'>{rss:.0f} MB</text>")
        parts.append(f"<text x='{WIDE - RIGHT + 8}' y='{at + 4:.1f}' fill='#246'>{value:,.0f}</text>")
    for step in range(7):
        at = last * step / 6
        parts.append(f"<text x='{x(at):.1f}' y='{HIGH - BOTTOM + 18}' text-anchor='middle'>{at / 60:.1f} min</text>")
    for kill in kills:
        parts.append(f"<line x1='{x(kill):.1f}' x2='{x(kill):.1f}' y1='{TOP}' y2='{HIGH - BOTTOM}' stroke='#000' stroke-dasharray='3 3'/>")
        parts.append(f"<text x='{x(kill) + 4:.1f}' y='{TOP + 12}'>kill -9</text>")
    line = lambda name, top: " ".join(f"{x(s['at']):.1f},{y(s[name], top):.1f}" for s in samples)
    for name, top, colour, dash in [("made", most, "#9bc", "4 3"), ("reports", most, "#246", ""), ("placed", most, "#2a7", "1 2")]:
        parts.append(f"<polyline fill='none' stroke='{colour}' stroke-width='1.5' stroke-dasharray='{dash}' points='{line(name, top)}'/>")
    for life in sorted({s["life"] for s in samples}):
        some = [s for s in samples if s["life"] == life]
        points = " ".join(f"{x(s['at']):.1f},{y(s['rss'], most_rss):.1f}" for s in some)
        parts.append(f"<polyline fill='none' stroke='#a33' stroke-width='1.5' points='{points}'/>")
    legend = [("#a33", "resident memory"), ("#9bc", "items made"), ("#246", "reports kept"), ("#2a7", "reports placed")]
    for n, (colour, words) in enumerate(legend):
        parts.append(f"<rect x='{LEFT + 150 * n}' y='{HIGH - 16}' width='12' height='4' fill='{colour}'/>"
                     f"<text x='{LEFT + 150 * n + 18}' y='{HIGH - 10}'>{words}</text>")
    return "\n".join(parts) + "\n</svg>\n"


def nice(value):
    step = 1
    while step * 10 < value:
        step *= 10
    return next(step * n for n in (1, 1.5, 2, 3, 4, 5, 6, 8, 10, 20) if step * n >= value)
