// Walks through the newsroom in a real browser as a desk would: front page, story, report, search, merge and undo.
//
//   node journey.mjs PROGRAM REPORTS [REPORTS …] [--shots DIR]
//
// PROGRAM is the built `variorum`, REPORTS files or folders that it keeps in a store of their own. CHROMIUM names the
// browser (default /usr/bin/chromium).

import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { address, arrive, check, launch, shotsOf, suits, tell, text, watched } from "./room.mjs";

const words = process.argv.slice(2);
const shots = shotsOf(words);
const [program, ...reports] = words;
if (!program || reports.length === 0 || shots === undefined) {
  console.error("usage: node journey.mjs PROGRAM REPORTS [REPORTS …] [--shots DIR]");
  process.exit(2);
}

const folder = await mkdtemp(path.join(tmpdir(), "variorum-journey-"));
const store = path.join(folder, "desk.db");
let server;
let browser;
try {
  if (shots) await mkdir(shots, { recursive: true });
  const added = spawnSync(program, ["add", "--store", store, ...reports], { encoding: "utf8" });
  check("the reports are kept", added.status === 0, added.stderr);
  const asked = [["sources", "add", "--unasked", "--store", store, "https://herald.example/feed"],
    ["alerts", "add", "Ferries", "--when", "report", "--query", "ferry", "--store", store]];
  for (const words of asked) {
    const done = spawnSync(program, words, { encoding: "utf8" });
    check(`${words[0]} are named`, done.status === 0, done.stderr);
  }
  server = spawn(program, ["serve", "--store", store, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "inherit", "pipe"] });
  const home = await address(server);
  browser = await launch();
  await journey(home);
  await looks(home);
  await plain(home);
} catch (error) {
  check("the journey comes to its end", false, error.stack);
} finally {
  await browser?.close();
  server?.kill("SIGTERM");
  await rm(folder, { recursive: true, force: true });
}
tell();

async function open(home, { width = 1440, scheme = "light", script = true } = {}) {
  const page = await watched(browser, home);
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 900, isMobile: width < 500, hasTouch: width < 500 });
  // A page that still scrolls smoothly moves a button away from under the pointer.
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
  return page;
}

function stories(page) {
  return page.$$eval("article.card", (cards) => cards.map((card) => card.dataset.story));
}

async function journey(home) {
  const page = await open(home);
  await page.goto(home, { waitUntil: "load" });
  const before = await stories(page);
  check("the front page shows several stories", before.length > 1, before);
  check("a story is counted in origins", /\d+ reports, .*independent origin/.test(await text(page)));

  // By keys alone: the first story, and in it the first mark of the account.
  await page.keyboard.press("j");
  await arrive(page, () => page.keyboard.press("o"));
  const kept = await page.$eval("article.story", (article) => article.dataset.story);
  check("j and o open the first story", before.includes(kept), kept);
  const witness = await page.$eval("#s1-account a[href^='#']", (mark) => mark.getAttribute("href"));
  check("a mark of the account leads to words of a witness", (await page.$(`[id="${witness.slice(1)}"]`)) !== null, witness);
  check("the drawing of the lineage is there", (await page.$("#s1-lineage svg")) !== null);

  // A report, and back up.
  await arrive(page, () => page.$eval("a[href^='/report/']", (link) => link.click()));
  check("a report shows its own words", (await text(page)).length > 200, page.url());
  await arrive(page, () => page.keyboard.press("u"));
  check("u leads back to the story", page.url().includes(`/story/${kept}`), page.url());

  await search(page);
  await merge(page, home, kept, before.find((story) => story !== kept));
  await rule(page, home);
  check("nothing is said in the console and nobody else is asked", page.faults.length === 0, page.faults.join("\n"));
  await page.close();
}

async function search(page) {
  const word = await page.$eval("article.story h1", (title) => title.innerText.split(/\s+/).sort((a, b) => b.length - a.length)[0]);
  await page.keyboard.press("/");
  await page.keyboard.type(word.replace(/[^\p{L}\p{N}]/gu, ""));
  await arrive(page, () => page.keyboard.press("Enter"));
  const hits = await page.$$eval("main a[href^='/report/']", (links) => links.length);
  check("a word of a title finds reports", hits > 0, `${word}: ${page.url()}`);
}

async function merge(page, home, kept, other) {
  const count = async (story) => {
    const answer = await page.evaluate(async (path) => (await fetch(path)).json(), `/story/${story}.json`);
    return answer.reports.length;
  };
  await page.goto(`${home}story/${kept}`, { waitUntil: "load" });
  const [mine, its] = [await count(kept), await count(other)];
  const form = `form[action$='/merge']`;
  await page.$eval(form, (form) => (form.closest("details").open = true));
  await page.type(`${form} [name=with]`, `${home}story/${other}`);
  await page.type(`${form} [name=who]`, "Ada Orr");
  await page.type(`${form} [name=reason]`, "both tell of one evening");
  await arrive(page, () => page.click(`${form} button`));
  await settle(page, home, (list) => !list.includes(other));
  check("merged, one story has the reports of both", (await count(kept)) === mine + its, `${mine} + ${its}`);
  await page.goto(`${home}story/${other}`, { waitUntil: "load" });
  check("the merged name leads to the story that stays", page.url().endsWith(`/story/${kept}`), page.url());

  await page.goto(`${home}corrections`, { waitUntil: "load" });
  check("the log names who and why", /Ada Orr/.test(await text(page)) && /one evening/.test(await text(page)));
  const undo = "form[action$='/undo']";
  await page.$eval(undo, (form) => (form.closest("details").open = true));
  await page.$eval(`${undo} [name=who]`, (field) => (field.value = ""));
  await page.type(`${undo} [name=who]`, "Tomas Vell");
  await arrive(page, () => page.click(`${undo} button`));
  check("the log tells who took it back", /taken back by Tomas Vell/.test(await text(page)));
  await settle(page, home, (list) => list.includes(other));
  check("taken back, both stories are as before", (await count(kept)) === mine && (await count(other)) === its);
}

async function rule(page, home) {
  await page.goto(`${home}?differs=reports`, { waitUntil: "load" });
  const [story] = await stories(page);
  if (!story) return check("a story has something that differs", false);
  await page.goto(`${home}story/${story}`, { waitUntil: "load" });
  const key = await page.$eval(".finding", (finding) => finding.id);
  await page.$eval(`[id="${key}"] details.rule`, (fold) => (fold.open = true));
  await page.type(`[id="${key}"] [name=reason]`, "two different counts");
  await page.focus(`[id="${key}"] button[value=dismissed]`);
  await arrive(page, () => page.keyboard.press("Enter"));
  check("a dismissed finding is folded apart, with who said so",
    await page.$eval(`[id="${key}"]`, (finding) => /Dismissed by/.test(finding.textContent) && finding.closest("details") !== null));
}

/** Waits until the desk has made what a correction touched. */
async function settle(page, home, holds) {
  for (let round = 0; round < 100; round += 1) {
    await page.goto(home, { waitUntil: "load" });
    const waits = await page.evaluate(async () => (await (await fetch("/api/v1/status")).json()).stale);
    if (!waits && holds(await stories(page))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  check("the desk is done in ten seconds", false);
}

/** Every page at two widths, light and dark: axe is silent, nothing scrolls sideways, the skip link is first. */
async function looks(home) {
  const page = await open(home);
  await page.goto(home, { waitUntil: "load" });
  const largest = await page.evaluate(async () =>
    (await (await fetch("/.json?order=largest")).json()).stories?.[0]?.id ?? null).catch(() => null);
  const story = largest ?? (await stories(page))[0];
  await page.goto(`${home}story/${story}`, { waitUntil: "load" });
  const report = await page.$eval("a[href^='/report/']", (link) => link.getAttribute("href"));
  await page.goto(new URL(report, home).href, { waitUntil: "load" });
  const outlet = await page.$eval("a[href^='/outlet/']", (link) => link.getAttribute("href")).catch(() => null);
  await page.close();
  const rooms = { front: "/", story: `/story/${story}`, report, outlet, search: "/search?q=fire+OR+gas", nothing: "/search?q=%22",
    saved: "/saved", corrections: "/corrections", sources: "/sources", alerts: "/alerts", account: "/account", status: "/status", about: "/about", keys: "/keys", missing: "/story/none" };
  for (const [name, room] of Object.entries(rooms).filter(([, room]) => room)) {
    for (const width of [390, 1440]) {
      for (const scheme of ["light", "dark"]) await look(home, name, room, width, scheme);
    }
  }
}

async function look(home, name, room, width, scheme) {
  const view = `${name} ${width}px ${scheme}`;
  const page = await open(home, { width, scheme });
  await page.goto(new URL(room, home).href, { waitUntil: "load" });
  if (shots) await page.screenshot({ path: path.join(shots, `${name}-${width}-${scheme}.png`), fullPage: name !== "story" || width > 500 });
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  await suits(page, view);
  await page.evaluate(() => document.body.focus());
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
  check(`${view}: the first stop is the skip link`, first === "#main", first);
  // A page that says 404 or 422 is told so in the console by the browser itself.
  const faults = page.faults.filter((fault) => !/status of 4\d\d/.test(fault));
  check(`${view}: the console is silent`, faults.length === 0, faults.join("\n"));
  await page.close();
}

/** Without script everything can be read, and nothing on a page is inline. */
async function plain(home) {
  const page = await open(home, { script: false });
  await page.goto(home, { waitUntil: "load" });
  const [story] = await stories(page);
  for (const room of ["/", `/story/${story}`, "/search", "/corrections"]) {
    await page.goto(new URL(room, home).href, { waitUntil: "load" });
    check(`${room} can be read without script`, (await text(page)).trim().length > 20);
    const inline = await page.$$eval("[style], script:not([src]), style", (found) => found.map((e) => e.outerHTML.slice(0, 80)));
    check(`${room} holds nothing inline`, inline.length === 0, inline.join("\n"));
  }
  await page.close();
}
