// Hands hostile reports to the newsroom in every format, opens all that it shows of them, and counts what runs.
//
//   node attacks.mjs PROGRAM [--shots DIR]
//
// Nothing may run, ask another host, or stand in a page as live markup; neither with our Content-Security-Policy nor
// without it, so that escaping alone is held too. Before that, the same words in a page that escapes nothing show that
// the check can fail. CHROMIUM names the browser (default /usr/bin/chromium).

import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { documents, vectors } from "./hostile.mjs";
import { address, check, launch, shotsOf, tell } from "./room.mjs";

const words = process.argv.slice(2);
const shots = shotsOf(words);
const [program] = words;
if (!program || words.length !== 1 || shots === undefined) {
  console.error("usage: node attacks.mjs PROGRAM [--shots DIR]");
  process.exit(2);
}

/** As many pages as a person would open of a desk of this size, and more. */
const MOST_PAGES = 400;

const folder = await mkdtemp(path.join(tmpdir(), "variorum-attacks-"));
let server;
let browser;
try {
  if (shots) await mkdir(shots, { recursive: true });
  browser = await launch();
  await control();
  const store = await keep();
  server = spawn(program, ["serve", "--store", store, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  const home = await address(server);
  const rooms = await every(home);
  await visit(home, rooms, false);
  await visit(home, rooms, true);
  await copies(store);
} catch (error) {
  check("the attacks come to their end", false, error.stack);
} finally {
  await browser?.close();
  server?.kill("SIGTERM");
  await rm(folder, { recursive: true, force: true });
}
tell();

/** Shown as they are, the vectors do run here: the check below can fail. */
async function control() {
  let ran = 0;
  for (const vector of vectors) {
    const { page, seen } = await noted("http://control.example/");
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const own = request.url() === "http://control.example/";
      return own ? request.respond({ contentType: "text/html", body: `<!doctype html><title>x</title><body>${vector}` }) : request.abort();
    });
    await page.goto("http://control.example/", { waitUntil: "load", timeout: 10_000 }).catch(() => {});
    await poke(page).catch(() => {});
    const live = await page.evaluate(alive).catch(() => ["the page went elsewhere"]);
    if (seen.ran.length > 0 || seen.asked.length > 0 || live.length > 0) ran += 1;
    await page.close();
  }
  check(`of ${vectors.length} vectors most are alive where nothing is escaped`, ran >= vectors.length * 0.9, `${ran} were`);
  console.log(`control: ${ran} of ${vectors.length} vectors are alive in a page that escapes nothing`);
}

/** Hands in every document by the command, as a desk would. */
async function keep() {
  const inputs = path.join(folder, "in");
  await mkdir(inputs);
  for (const [name, bytes] of documents()) await writeFile(path.join(inputs, name), bytes);
  const store = path.join(folder, "desk.db");
  const added = spawnSync(program, ["add", "--store", store, inputs], { encoding: "utf8", maxBuffer: 1 << 28 });
  check("hostile reports are kept or named, without a crash", added.status === 0, added.stderr);
  check("no terminal command comes out with their words", !/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x9b]/.test(added.stdout + added.stderr),
    JSON.stringify((added.stdout + added.stderr).match(/.{0,60}[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x9b].{0,60}/)?.[0]));
  return store;
}

/** A page that notes all that runs, asks, or opens a box. */
async function noted(home, free = false) {
  const page = await browser.newPage();
  const seen = { ran: [], asked: [] };
  await page.exposeFunction("hostile", (what) => seen.ran.push(String(what)));
  page.on("dialog", (dialog) => {
    seen.ran.push(`dialog ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !url.startsWith("data:,") && url !== "about:blank") seen.asked.push(url);
  });
  page.on("popup", (popup) => {
    seen.ran.push("a window opened");
    popup?.close().catch(() => {});
  });
  if (free) await page.setBypassCSP(true);
  return { page, seen };
}

/** Moves, focuses and clicks as a reader might, without leaving. */
async function poke(page) {
  await page.evaluate(() => {
    document.querySelectorAll("details").forEach((fold) => (fold.open = true));
    for (const element of [...document.querySelectorAll("*")].slice(0, 5000)) {
      for (const kind of ["mouseover", "mouseenter", "pointerover", "focusin", "toggle", "animationstart"]) {
        element.dispatchEvent(new Event(kind, { bubbles: true }));
      }
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Runs in the page: live markup that no page of ours has. */
function alive() {
  const found = [];
  const say = (what, element) => found.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
  const mine = (url) => ["http:", "https:", "mailto:", "file:"].includes(new URL(url, document.baseURI).protocol);
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) say("a handler", element);
      if (/^(href|src|action|formaction|xlink:href|data|poster|background|ping|manifest|cite)$/i.test(name)) {
        try {
          // Our pages on the disk have an empty icon, so that no browser looks for one.
          const isNone = element.localName === "link" && value === "data:,";
          if (!isNone && !mine(value)) say("a link that is none of the web", element);
        } catch {
          // What is no address leads nowhere.
        }
      }
      if (/^(srcset|srcdoc)$/i.test(name)) say(name, element);
    }
    if (/^(iframe|object|embed|base|frame|frameset|applet|portal|math|foreignobject|animate|set)$/i.test(element.localName)) say("an element", element);
    if (element.localName === "script" && !/^\/static\//.test(element.getAttribute("src") ?? "") && element.type !== "application/ld+json") say("a script", element);
    if (element.localName === "meta" && /refresh/i.test(element.httpEquiv)) say("a refresh", element);
    if (element.localName === "img" && !/^\/static\//.test(element.getAttribute("src") ?? "")) say("a picture", element);
  }
  return found;
}

/** Every address that a reader comes to from the front page, and some that a stranger writes. */
async function every(home) {
  const rooms = new Set(["/", "/search", "/saved", "/corrections", "/status", "/sources", "/alerts", "/about", "/feed.atom"]);
  for (const vector of vectors) {
    const raw = encodeURIComponent(vector);
    for (const room of [`/search?q=${raw}`, `/search.atom?q=${raw}`, `/story/${raw}`, `/report/?name=${raw}`, `/outlet/${raw}`,
      `/?outlet=${raw}&lang=${raw}&cursor=${raw}`, `/${raw}`, `/api/v1/${raw}`]) rooms.add(room);
  }
  const waiting = ["/", "/?order=largest"];
  const found = new Set(waiting);
  while (waiting.length > 0 && found.size < MOST_PAGES) {
    const room = waiting.shift();
    const answer = await fetch(new URL(room, home));
    const text = await answer.text();
    if (!/text\/html/.test(answer.headers.get("content-type") ?? "")) continue;
    for (const [, href] of text.matchAll(/href="(\/[^"#]*)/g)) {
      const clean = href.replaceAll("&amp;", "&");
      if (!found.has(clean) && !/^\/(static|api)\//.test(clean) && found.size < MOST_PAGES) {
        found.add(clean);
        waiting.push(clean);
      }
    }
  }
  check("the pages of the hostile reports are there", [...found].filter((room) => room.startsWith("/report/")).length > 40, found.size);
  return [...new Set([...rooms, ...found])];
}

async function visit(home, rooms, free) {
  const how = free ? "without our policy" : "with our policy";
  const { page, seen } = await noted(home, free);
  const faults = [];
  for (const room of rooms) {
    seen.ran.length = seen.asked.length = 0;
    await page.goto(new URL(room, home).href, { waitUntil: "load", timeout: 20_000 }).catch((error) => {
      // What is handed out as a file is not shown.
      if (!/ERR_ABORTED/.test(error.message)) faults.push(`${room}: ${error.message}`);
    });
    await poke(page).catch((error) => faults.push(`${room}: ${error.message}`));
    const live = await page.evaluate(alive);
    for (const what of [...seen.ran, ...seen.asked.map((url) => `asks ${url}`), ...live]) faults.push(`${room}: ${what}`);
  }
  if (shots && !free) {
    await page.goto(home, { waitUntil: "load" });
    await page.screenshot({ path: path.join(shots, "attacks-front.png"), fullPage: true });
  }
  await page.close();
  check(`${rooms.length} pages ${how}: nothing runs, nothing is asked, nothing is live`, faults.length === 0,
    `${faults.length} faults\n${faults.slice(0, 20).join("\n")}`);
}

/** The pages that are files: the copy of the newsroom, and the page of one collation. */
async function copies(store) {
  const site = path.join(folder, "site");
  const made = spawnSync(program, ["export", "site", "--out", site, "--store", store], { encoding: "utf8", maxBuffer: 1 << 28 });
  check("a copy is made", made.status === 0, made.stderr);
  const out = path.join(folder, "page");
  const told = spawnSync(program, ["collate", path.join(folder, "in"), "--out", out], { encoding: "utf8", maxBuffer: 1 << 28 });
  check("a page of them all is made", told.status === 0, told.stderr);
  const outside = (await readdir(folder)).filter((name) => !/^(in|site|page|desk\.db.*)$/.test(name));
  check("no name in them leads out of the folder", outside.length === 0, outside.join(" "));
  for (const [name, where] of [["copy", site], ["page", out]]) {
    const files = (await readdir(where, { recursive: true })).filter((file) => file.endsWith(".html"));
    const { page, seen } = await noted("file://");
    const faults = [];
    for (const file of files.slice(0, MOST_PAGES)) {
      seen.ran.length = seen.asked.length = 0;
      await page.goto(pathToFileURL(path.join(where, file)).href, { waitUntil: "load" });
      await poke(page);
      const live = (await page.evaluate(alive)).filter((what) => !/^a script: <script>/.test(what));
      for (const what of [...seen.ran, ...seen.asked.map((url) => `asks ${url}`), ...live]) faults.push(`${file}: ${what}`);
    }
    await page.close();
    check(`${name}: ${files.length} files, nothing runs, nothing is asked, nothing is live`, files.length > 0 && faults.length === 0,
      faults.slice(0, 20).join("\n"));
  }
}
