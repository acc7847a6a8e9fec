// Hostile reports of an invented event, in every format that is read: each vector stands in every field.

/** What a browser would run, follow or load if it were markup. `hostile()` tells the check that it ran. */
export const vectors = [
  `<script>hostile("script")</script>`,
  `<ScRiPt/x>hostile("case")</sCrIpT >`,
  `"><img src=x onerror=hostile("img")>`,
  `'><img src=x onerror='hostile("single")'>`,
  `<img/src=x/onerror=hostile("slashes")>`,
  `<img srcset="x 1x, y 2x" onerror="hostile('srcset')">`,
  `<svg onload=hostile("svg")></svg>`,
  `<svg><script>hostile("svg-script")</script></svg>`,
  `<svg><animate onbegin=hostile("animate") attributeName=x dur=1s></svg>`,
  `<svg><a xlink:href="javascript:hostile('xlink')"><text y="9">x</text></a></svg>`,
  `<svg><foreignObject><img src=x onerror=hostile("foreign")></foreignObject></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=hostile('math')&gt;"></table></mtext></math>`,
  `<math href="javascript:hostile('math-href')">x</math>`,
  `<iframe srcdoc="<script>parent.hostile('srcdoc')</script>"></iframe>`,
  `<iframe src="javascript:parent.hostile('iframe')"></iframe>`,
  `<object data="javascript:parent.hostile('object')"></object>`,
  `<embed src="javascript:hostile('embed')">`,
  `<!--<img src="--><img src=x onerror=hostile("comment")>">`,
  `<!-- unclosed <img src=x onerror=hostile("never")> --!><img src=x onerror=hostile("bang")>`,
  `</title><script>hostile("title-end")</script>`,
  `</style><script>hostile("style-end")</script>`,
  `</textarea><script>hostile("textarea-end")</script>`,
  `</noscript><script>hostile("noscript-end")</script>`,
  `{"a":"</script><script>hostile('json-ld')</script>"}`,
  `<!--<script>{"a":"</script><script>hostile('json-ld-comment')</script>`,
  `]]><script>hostile("cdata")</script>`,
  `<![CDATA[<script>hostile("in-cdata")</script>]]><img src=x onerror=hostile("after")>`,
  `<a href="javascript:hostile('link')" autofocus onfocus=hostile("focus")>x</a>`,
  `<a href="jav&#x09;ascript:hostile('tab')">x</a>`,
  `<a href="  &#1;javascript:hostile('control')">x</a>`,
  `<a href="data:text/html,<script>opener.hostile('data')</script>">x</a>`,
  `<a href="vbscript:hostile('vb')">x</a>`,
  `<form action="javascript:hostile('form')"><button formaction="javascript:hostile('button')">x</button></form>`,
  `<meta http-equiv="refresh" content="0;url=http://evil.example/">`,
  `<base href="http://evil.example/">`,
  `<link rel=stylesheet href="http://evil.example/x.css">`,
  `<style>@import "http://evil.example/x.css"; * { background: url(http://evil.example/b.png) }</style>`,
  `<img src="http://evil.example/pixel.png">`,
  `<img src=x style="background:url(http://evil.example/s.png)">`,
  `<video poster="http://evil.example/p.png"><source onerror=hostile("source") src=x></video>`,
  `<details open ontoggle=hostile("toggle")>x</details>`,
  `<input autofocus onfocus=hostile("input")>`,
  `<body onload=hostile("body")>`,
  `<xmp><p title="</xmp><img src=x onerror=hostile('xmp')>">`,
  `<template><script>hostile("template")</script></template><img src=x onerror=hostile("template-after")>`,
  `\u003cimg src=x onerror=hostile("lower")\u003e`,
  `<x onclick=hostile("x") style="animation-name:x" onanimationstart=hostile("anim")>x</x>`,
  `<marquee onstart=hostile("marquee")>x</marquee>`,
];

/** Words that are harmless in a browser and may harm elsewhere: terminals, lines of logs, paths, names. */
const OTHERS = [
  "\u001b[2J\u001b[31mred\u001b]0;owned\u0007",
  "line\r\nSet-Cookie: owned=1\r\n\r\n<script>hostile('crlf')</script>",
  "../../../../outside",
  "..\\..\\outside",
  "/etc/outside",
  "C:\\outside",
  "a\u0000b",
  "\u202Egnp.exe\u202C",
  "=cmd|' /C calc'!A1",
  "\u2028\u2029hostile()",
  "%0d%0aX: y",
  "__proto__",
  "-rf",
];

const TELLS = [
  (n, who) => `KARSHOLM, May 4 - A footbridge over the Aune came down on Monday evening and ${n} people were pulled from the water, the fire brigade said.`,
  (n, who) => `The brigade's commander, Ada Orr, said ${n} people were pulled from the Aune after the footbridge in Karsholm fell on Monday evening.`,
  (n, who) => `${n} people were in the water when the Karsholm footbridge fell, according to ${who}.`,
];

function text(n, vector) {
  const tell = TELLS[n % TELLS.length](12 + (n % 5), "commander Ada Orr");
  return [
    tell,
    `“Nobody is missing ${vector},” Orr told reporters. The bridge was built in 1964 and had been inspected in ${2015 + (n % 4)}, the town said.`,
    `Mayor Tomas Vell ${vector} called the collapse a warning. He said repairs would cost ${3 + (n % 3)} million crowns and take two years.`,
    `A café owner, Mira Sand, said she heard a crack at 7.${20 + (n % 9)} p.m. and saw the deck go down ${vector}.`,
  ];
}

const xml = (words) => words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const day = (n) => `2026-05-0${4 + (n % 3)}T${String(10 + (n % 12)).padStart(2, "0")}:00:00Z`;
const links = ["javascript:hostile('url')", "data:text/html,<script>hostile('url')</script>", "//evil.example/x", "JaVaScRiPt:hostile(1)",
  "http://evil.example/\"><script>hostile('u')</script>", "file:///etc/outside", "http://user:owned@evil.example/x", "\tjavascript:hostile(2)"];

/** Returns the files, each by a name of ours. */
export function* documents() {
  const all = [...vectors, ...OTHERS];
  const reports = all.map((vector, n) => ({
    id: `${vector}${n}`, url: n % 2 ? links[n % links.length] : `https://h${n}.example/bridge?x=${encodeURIComponent(vector)}`,
    canonical: links[(n + 3) % links.length], outlet: `Outlet ${n} ${vector}`, published: n % 7 ? day(n) : `${day(n)}${vector}`,
    title: `Footbridge in Karsholm falls, ${12 + (n % 5)} pulled from the water ${vector}`, byline: [`Mira ${vector}`],
    language: n % 5 ? "en" : vector, section: vector, text: text(n, vector).join("\n\n"),
  }));
  yield ["reports.jsonl", reports.map((report) => JSON.stringify(report)).join("\n")];
  const item = (n, vector) => `<item><title>${xml(`Bridge ${n} ${vector}`)}</title><link>${xml(n % 2 ? links[n % links.length] : `https://r${n}.example/b`)}</link>
    <guid isPermaLink="${n % 3 === 0}">${xml(vector + n)}</guid><dc:creator>${xml(`Ada ${vector}`)}</dc:creator><category>${xml(vector)}</category>
    <source url="${xml(links[(n + 1) % links.length])}">${xml(vector)}</source><pubDate>Mon, 04 May 2026 19:0${n % 10}:00 GMT</pubDate>
    <content:encoded>${xml(text(n, n % 2 ? vector : xml(vector)).map((p) => `<p>${p}</p>`).join("\n"))}</content:encoded>
    <description><![CDATA[${text(n, vector)[0].replaceAll("]]>", "")} ${vector.replaceAll("]]>", "]]&gt;")}]]></description>
    <enclosure url="${xml(vector)}" type="text/html" length="1"/></item>`;
  yield ["rss.xml", `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <channel><title>${xml(vectors[0])}</title><link>javascript:hostile("channel")</link><description>${xml(vectors[2])}</description>
    <image><url>javascript:hostile("image")</url><title>x</title><link>x</link></image>${all.map((v, n) => item(n, v)).join("\n")}</channel></rss>`];
  const entry = (n, vector) => `<entry><id>${xml(vector + n)}</id><title type="html">${xml(`Bridge ${n} ${vector}`)}</title>
    <link href="${xml(n % 2 ? links[n % links.length] : `https://a${n}.example/b`)}"/><author><name>${xml(vector)}</name><uri>javascript:hostile("uri")</uri></author>
    <updated>${day(n)}</updated><content type="html">${xml(text(n, vector).map((p) => `<p>${p}</p>`).join(""))}</content></entry>`;
  yield ["atom.xml", `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>${xml(vectors[6])}</title><updated>${day(1)}</updated>${all.map((v, n) => entry(n, v)).join("\n")}</feed>`];
  yield ["feed.json", JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: vectors[0], home_page_url: links[0], icon: links[1],
    items: all.map((v, n) => ({ id: v + n, url: n % 2 ? links[n % links.length] : `https://j${n}.example/b`, external_url: links[n % links.length], title: `Bridge ${n} ${v}`,
      content_html: text(n, v).map((p) => `<p>${p}</p>`).join(""), authors: [{ name: v, url: links[0] }], tags: [v], date_published: day(n) })) })];
  yield ["sitemap.xml", `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${all.map((v, n) =>
    `<url><loc>${xml(n % 2 ? links[n % links.length] : `https://s${n}.example/b`)}</loc><news:news><news:publication><news:name>${xml(v)}</news:name><news:language>en</news:language></news:publication>
     <news:publication_date>${day(n)}</news:publication_date><news:title>${xml(`Bridge ${n} ${v}`)}</news:title></news:news></url>`).join("")}</urlset>`];
  for (const [n, vector] of all.entries()) {
    const ld = { "@context": "https://schema.org", "@type": "NewsArticle", headline: `Bridge ${n} ${vector}`, author: { "@type": "Person", name: vector, url: links[0] },
      publisher: { "@type": "Organization", name: `P ${vector}` }, datePublished: day(n), url: links[n % links.length], image: links[0] };
    yield [`page${n}.html`, `<!doctype html><html lang="en"><head><title>${xml(`Bridge ${n} ${vector}`)}</title><meta name="author" content="${xml(vector)}">
      <link rel="canonical" href="${xml(n % 2 ? links[n % links.length] : `https://p${n}.example/b`)}"><meta property="og:site_name" content="${xml(`Site ${vector}`)}">
      <script type="application/ld+json">${JSON.stringify(ld).replaceAll("</", "<\\/")}</script></head>
      <body><article><h1>${xml(`Footbridge falls ${vector}`)}</h1>${text(n, n % 2 ? xml(vector) : vector).map((p) => `<p>${p}</p>`).join("\n")}</article></body></html>`];
  }
}
