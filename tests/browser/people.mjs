// Comes to a newsroom where one must log in, in a real browser: as nobody, admin, reader and editor.
//
//   node people.mjs PROGRAM REPORTS [REPORTS …] [--shots DIR]
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
  console.error("usage: node people.mjs PROGRAM REPORTS [REPORTS …] [--shots DIR]");
  process.exit(2);
}

const PASSWORD = "four ferries in fog";
const folder = await mkdtemp(path.join(tmpdir(), "variorum-people-"));
const store = path.join(folder, "desk.db");
let server;
let browser;
try {
  if (shots) await mkdir(shots, { recursive: true });
  check("the reports are kept", run(["add", "--store", store, ...reports]).status === 0);
  const refused = run(["serve", "--store", store, "--listen", "127.0.0.1:0", "--logins"]);
  check("without an admin it does not start, and says how to make one", refused.status === 1 && /variorum users add/.test(refused.stderr), refused.stderr);
  const made = run(["users", "add", "Ada Orr", "--role", "admin", "--password-stdin", "--store", store], `${PASSWORD}\n`);
  check("an admin is made", made.status === 0 && /Ada Orr may log in, as admin/.test(made.stdout), made.stderr);
  const short = run(["users", "add", "Ivo", "--role", "reader", "--password-stdin", "--store", store], "short\n");
  check("a short password is refused", short.status === 1 && /12 letters/.test(short.stderr), short.stderr);
  server = spawn(program, ["serve", "--store", store, "--listen", "127.0.0.1:0", "--logins"], { stdio: ["ignore", "inherit", "pipe"] });
  const home = await address(server);
  browser = await launch();
  const ada = await admin(home);
  await looks(home, ada);
  await reader(home);
  await editor(home);
  await token(home, ada);
  await leave(home, ada);
} catch (error) {
  check("the day comes to its end", false, error.stack);
} finally {
  await browser?.close();
  server?.kill("SIGTERM");
  await rm(folder, { recursive: true, force: true });
}
tell();

function run(args, input = "") {
  return spawnSync(program, args, { encoding: "utf8", input });
}

/** Opens a browser of somebody's own: nobody else's cookies are in it. */
async function somebody(home) {
  const own = await browser.createBrowserContext();
  const page = await watched(own, home);
  await page.setViewport({ width: 1440, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  return page;
}

/** Logs in by keys alone: the field of the name has the focus when the page is there. */
async function logIn(page, name, password) {
  const focus = await page.evaluate(() => document.activeElement.id);
  if (focus !== "name") await page.focus("#name");
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await arrive(page, () => page.keyboard.press("Enter"));
}

async function admin(home) {
  const page = await somebody(home);
  await page.goto(`${home}status`, { waitUntil: "load" });
  check("nobody sees a page before logging in", page.url() === `${home}login?next=%2Fstatus`, page.url());
  check("the first field has the focus", await page.evaluate(() => document.activeElement.id) === "name");
  await logIn(page, "ada orr", "four ferries in the fog");
  check("a wrong password is said, and no more", /No user of this name has this password/.test(await text(page)), await text(page));
  check("the name stands there still, and the password has the focus",
    await page.$eval("#name", (field) => field.value) === "ada orr" && await page.evaluate(() => document.activeElement.id) === "password");
  await page.keyboard.type(PASSWORD);
  await arrive(page, () => page.keyboard.press("Enter"));
  check("who logged in is where she wanted to be", page.url() === `${home}status`, page.url());

  await page.goto(`${home}people`, { waitUntil: "load" });
  for (const [name, role] of [["Rea Lind", "reader"], ["Edda Vell", "editor"]]) {
    await page.type("form[action='/people'] [name=name]", name);
    await page.select("form[action='/people'] [name=role]", role);
    await page.type("form[action='/people'] [name=password]", PASSWORD);
    await arrive(page, () => page.keyboard.press("Enter"));
  }
  const list = await text(page, ".people");
  check("the admin adds a reader and an editor", /Rea Lind reader/.test(list) && /Edda Vell editor/.test(list), list);
  const faults = page.faults.filter((fault) => !/status of 401/.test(fault));
  check("nothing is said in the console and nobody else is asked", faults.length === 0, faults.join("\n"));
  return page;
}

async function reader(home) {
  const page = await somebody(home);
  await page.goto(home, { waitUntil: "load" });
  await logIn(page, "Rea Lind", PASSWORD);
  check("a reader comes to the front page", page.url() === home, page.url());
  const story = await page.$eval("article.card a[href^='/story/']", (link) => link.href);
  for (const room of [story, `${home}search?q=fire`, `${home}corrections`, `${home}saved`]) {
    await page.goto(room, { waitUntil: "load" });
    const forms = await page.$$eval("form[method=post]", (found) => found.map((form) => form.action));
    check(`${new URL(room).pathname} shows a reader no form`, forms.length === 0, forms);
  }
  const status = await page.evaluate(async (path) => (await fetch(path, { method: "POST", body: new URLSearchParams({ token: "x", name: "x", query: "x" }) })).status, "/saved");
  check("what a reader posts is refused", status === 403, status);
  const people = await page.evaluate(async () => (await fetch("/people")).status);
  check("people are not for readers", people === 403, people);
  await page.browserContext().close();
}

async function editor(home) {
  const page = await somebody(home);
  await page.goto(home, { waitUntil: "load" });
  await logIn(page, "Edda Vell", PASSWORD);
  const cards = await page.$$eval("article.card", (cards) => cards.map((card) => card.dataset.story));
  check("the front page shows several stories", cards.length > 1, cards);
  const [kept, other] = cards;
  await page.goto(`${home}story/${kept}`, { waitUntil: "load" });
  const form = "form[action$='/merge']";
  await page.$eval(form, (form) => (form.closest("details").open = true));
  const who = await page.$eval(`${form} [name=who]`, (field) => [field.value, field.readOnly]);
  check("the form has her name, and it is fixed", who[0] === "Edda Vell" && who[1], who);
  // Whoever changes the form all the same is still who she is.
  await page.$eval(`${form} [name=who]`, (field) => (field.value = "Ada Orr"));
  await page.type(`${form} [name=with]`, `${home}story/${other}`);
  await page.type(`${form} [name=reason]`, "both tell of one evening");
  await arrive(page, () => page.click(`${form} button`));
  await page.goto(`${home}corrections`, { waitUntil: "load" });
  const log = await text(page, ".log");
  check("the log names who is logged in", /Edda Vell/.test(log) && !/Ada Orr/.test(log), log);
  await page.browserContext().close();
}

async function token(home, page) {
  await page.goto(`${home}account`, { waitUntil: "load" });
  await page.type("#token-name", "nightly export");
  await arrive(page, () => page.click("form[action='/account/tokens'] button"));
  const secret = await text(page, "#token");
  check("a token is shown", /^variorum_[0-9a-f]{64}$/.test(secret), secret);
  if (shots) await page.screenshot({ path: path.join(shots, "token.png"), fullPage: true });
  await page.goto(`${home}account`, { waitUntil: "load" });
  check("it is shown once", !(await page.content()).includes(secret));
  const curl = (...more) => spawnSync("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", ...more], { encoding: "utf8" }).stdout;
  check("curl comes in with it", curl("-H", `Authorization: Bearer ${secret}`, `${home}api/v1/stories`) === "200");
  check("and without it does not", curl(`${home}api/v1/stories`) === "401");
  check("it reads alone", curl("-X", "POST", "-H", `Authorization: Bearer ${secret}`, "-H", "Content-Type: application/json", "-d", "{}", `${home}api/v1/saved`) === "403");
  await page.goto(`${home}audit`, { waitUntil: "load" });
  const log = await text(page, ".log");
  check("the log tells who made it, and who came in", /Ada Orr: make a token nightly export/.test(log) && /Edda Vell: log in/.test(log), log);
  check("and what the editor did", /Edda Vell: POST \/story\/\{\}\/merge/.test(log), log);
  check("and what was refused", /log in Ada Orr — refused/.test(log), log);
}

async function leave(home, page) {
  await page.goto(`${home}account`, { waitUntil: "load" });
  const cookies = await page.browserContext().cookies();
  const session = cookies.find((cookie) => cookie.name.startsWith("variorum_session"));
  check("script cannot read the cookie", session.httpOnly && session.sameSite === "Lax", JSON.stringify(session));
  await arrive(page, () => page.click("form[action='/logout'] button"));
  check("who logs out is at the login", page.url() === `${home}login`, page.url());
  await page.goto(home, { waitUntil: "load" });
  check("and sees nothing more", page.url() === `${home}login`, page.url());
  await page.browserContext().setCookie(session);
  await page.goto(home, { waitUntil: "load" });
  check("the old cookie opens nothing", page.url() === `${home}login`, page.url());
}

/** The pages of this part at two widths, light and dark: axe is silent and nothing scrolls sideways. */
async function looks(home, page) {
  const stranger = await somebody(home);
  for (const [name, room, who] of [["login", "login", stranger], ["people", "people", page], ["account", "account", page], ["audit", "audit", page],
    ["front-admin", "", page], ["forbidden", "people", null]]) {
    const view = who ?? await readerPage(home);
    for (const width of [390, 1440]) {
      for (const scheme of ["light", "dark"]) await look(home, name, room, view, width, scheme);
    }
  }
  await page.setViewport({ width: 1440, height: 900 });
  await stranger.browserContext().close();
}

async function readerPage(home) {
  const page = await somebody(home);
  await page.goto(home, { waitUntil: "load" });
  await logIn(page, "Rea Lind", PASSWORD);
  return page;
}

async function look(home, name, room, page, width, scheme) {
  const view = `${name} ${width}px ${scheme}`;
  await page.setViewport({ width, height: 900, isMobile: width < 500, hasTouch: width < 500 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
  await page.goto(`${home}${room}`, { waitUntil: "load" });
  if (shots) await page.screenshot({ path: path.join(shots, `${name}-${width}-${scheme}.png`), fullPage: true });
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  if (shots && name === "people") await page.screenshot({ path: path.join(shots, `${name}-open-${width}-${scheme}.png`), fullPage: true });
  await suits(page, view);
}
