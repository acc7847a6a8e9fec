// Opens a page made by variorum in a real browser and checks that everyone can read it.
//
//   node check.mjs PAGE.html [PAGE.html …] [--shots DIR]
//
// CHROMIUM names the browser (default /usr/bin/chromium).

import { readFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const { pages, shots } = read(process.argv.slice(2));
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

let passed = 0;
let failed = 0;
try {
  if (shots) await mkdir(shots, { recursive: true });
  for (const page of pages) await checkPage(page);
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function read(words) {
  const at = words.indexOf("--shots");
  const shots = at < 0 ? null : words.splice(at, 2)[1];
  if (words.length === 0 || shots === undefined) {
    console.error("usage: node check.mjs PAGE.html [PAGE.html …] [--shots DIR]");
    process.exit(2);
  }
  return { pages: words, shots };
}

async function checkPage(file) {
  for (const width of [360, 1440]) {
    for (const scheme of ["light", "dark"]) {
      await checkView(file, width, scheme);
    }
  }
  await checkWithoutScript(file);
}

function say(file, view, what, faults) {
  const name = `${path.basename(file)} ${view}: ${what}`;
  if (faults.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAILED ${name}`);
  for (const fault of faults.slice(0, 10)) console.log(`  ${fault}`);
}

async function open(file, width, scheme, script) {
  const page = await browser.newPage();
  const seen = { console: [], requests: [] };
  page.on("console", (message) => {
    if (["error", "warn", "warning"].includes(message.type())) seen.console.push(message.text());
  });
  page.on("pageerror", (error) => seen.console.push(String(error)));
  page.on("request", (request) => seen.requests.push(request.url()));
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 900, isMobile: width < 500, hasTouch: width < 500 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  const address = pathToFileURL(path.resolve(file)).href;
  await page.goto(address, { waitUntil: "load" });
  seen.requests = seen.requests.filter((url) => url !== address && !url.startsWith("data:"));
  return { page, seen };
}

async function checkView(file, width, scheme) {
  const view = `${width}px ${scheme}`;
  const { page, seen } = await open(file, width, scheme, true);
  if (shots) {
    const name = `${path.basename(file, ".html")}-${width}-${scheme}.png`;
    await page.screenshot({ path: path.join(shots, name), fullPage: true });
  }
  // Folded parts must pass as well: whoever unfolds them reads them.
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  const looks = await page.evaluate(look);
  say(file, view, "no horizontal scroll", looks.wide);
  say(file, view, "every link inside the page leads somewhere", looks.dead);
  say(file, view, "names of places are unique", looks.twice);
  say(file, view, "links outside are honest", looks.outside);
  say(file, view, "headings are in order", looks.headings);
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
  say(file, view, "axe-core finds nothing", found.violations.flatMap((v) =>
    v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} ${node.failureSummary?.replaceAll("\n", " ")}`)));
  say(file, view, "the keyboard reaches the text", await keyboard(page));
  say(file, view, "nothing in the console", seen.console);
  say(file, view, "no network", seen.requests);
  await page.close();
}

/** Runs in the page. */
function look() {
  const all = [...document.querySelectorAll("*")];
  const root = document.scrollingElement;
  const wide = root.scrollWidth > root.clientWidth
    ? all.filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
      .map((e) => `${e.tagName} ${e.className} reaches ${Math.round(e.getBoundingClientRect().right)}`)
    : [];
  const ids = new Map();
  for (const e of all.filter((e) => e.id)) ids.set(e.id, (ids.get(e.id) ?? 0) + 1);
  const links = [...document.querySelectorAll("a[href]")];
  const inside = links.filter((a) => a.getAttribute("href").startsWith("#"));
  const outside = links.filter((a) => !a.getAttribute("href").startsWith("#"));
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((h) => Number(h.tagName[1]));
  return {
    wide,
    dead: inside.filter((a) => !ids.has(decodeURIComponent(a.hash.slice(1)))).map((a) => a.getAttribute("href")),
    twice: [...ids].filter(([, n]) => n > 1).map(([id]) => id),
    outside: outside
      .filter((a) => !["http:", "https:"].includes(a.protocol) || !a.rel.includes("noopener")
        || !a.rel.includes("noreferrer") || !a.textContent.toLowerCase().includes(a.hostname))
      .map((a) => a.getAttribute("href")),
    headings: levels.flatMap((level, n) => level > (levels[n - 1] ?? 0) + 1 ? [`h${level} after h${levels[n - 1] ?? 0}`] : []),
  };
}

async function keyboard(page) {
  await page.evaluate(() => document.body.focus());
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const e = document.activeElement;
    const { top } = e.getBoundingClientRect();
    return { href: e.getAttribute("href"), seen: top >= 0, outline: getComputedStyle(e).outlineStyle };
  });
  const faults = [];
  if (first.href !== "#main") faults.push(`the first stop is ${first.href}, not the skip link`);
  if (!first.seen) faults.push("the skip link stays hidden when it has the focus");
  if (first.outline === "none") faults.push("the focus cannot be seen");
  return faults;
}

async function checkWithoutScript(file) {
  const { page, seen } = await open(file, 360, "light", false);
  const words = await page.$eval("main", (main) => main.innerText.trim().length);
  const scripts = await page.$$eval("script, iframe, object, embed, form", (found) => found.map((e) => e.tagName));
  say(file, "no script", "the text can be read", words > 0 ? [] : ["main is empty"]);
  say(file, "no script", "nothing on the page can run", scripts);
  say(file, "no script", "nothing in the console", seen.console);
  await page.close();
}
