// What the tests of the newsroom in a browser share.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let passed = 0;
let failed = 0;

export function check(what, holds, why = "") {
  if (holds) {
    passed += 1;
  } else {
    failed += 1;
    console.log(`FAILED ${what}\n  ${String(why).slice(0, 2000)}`);
  }
}

/** Says how many checks passed; the process fails with any of them. */
export function tell() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Takes `--shots DIR` out of the words of the command line; undefined where the folder is missing. */
export function shotsOf(words) {
  const at = words.indexOf("--shots");
  return at < 0 ? null : words.splice(at, 2)[1];
}

export function launch() {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

/** Returns where the server says that it answers. */
export function address(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/[^\s]+/);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}

/** Opens a page that notes in `faults` what its console says and whom it asks beside the server. */
export async function watched(context, home) {
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (message) => {
    if (["error", "warn", "warning"].includes(message.type())) page.faults.push(message.text());
  });
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(home)) page.faults.push(`asks ${request.url()}`);
  });
  return page;
}

export function text(page, what = "main") {
  return page.$eval(what, (element) => element.innerText);
}

/** Acts, and waits until the page that this leads to is there. */
export function arrive(page, act) {
  return Promise.all([page.waitForNavigation({ waitUntil: "load" }), act()]);
}

/** Checks that a page, as it stands, suits everyone: nothing scrolls sideways, and axe finds nothing. */
export async function suits(page, view) {
  const wide = await page.evaluate(() => {
    const root = document.scrollingElement;
    const out = (e) => e.getBoundingClientRect().right > root.clientWidth + 1;
    return root.scrollWidth > root.clientWidth ? [...document.querySelectorAll("*")].filter(out).map((e) => `${e.tagName}.${e.className}`) : [];
  });
  check(`${view}: nothing scrolls sideways`, wide.length === 0, wide.slice(0, 5).join("\n"));
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  check(`${view}: axe finds nothing`, found.violations.length === 0, found.violations.flatMap((v) =>
    v.nodes.slice(0, 3).map((node) => `${v.id} (${v.impact}): ${node.target.join(" ")} ${node.failureSummary?.replaceAll("\n", " ")}`)).join("\n"));
}
