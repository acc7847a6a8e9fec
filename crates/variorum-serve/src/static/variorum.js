// A little help for readers with script; every page works without it.
"use strict";
(() => {
  const all = (what, root = document) => [...root.querySelectorAll(what)];
  const kept = {
    get(name) { try { return localStorage.getItem("variorum:" + name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem("variorum:" + name, value); } catch { /* nothing is remembered */ } },
  };

  // What needs script is shown only where there is script.
  for (const part of all(".script:not([data-since])")) part.hidden = false;

  // How long ago something was, beside the time itself.
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const steps = [[60, "second"], [60, "minute"], [24, "hour"], [7, "day"], [4.35, "week"], [12, "month"], [Infinity, "year"]];
  for (const time of all("time[datetime*='T']")) {
    let far = (Date.parse(time.dateTime) - Date.now()) / 1000;
    if (!Number.isFinite(far)) continue;
    for (const [size, unit] of steps) {
      if (Math.abs(far) < size) {
        const ago = document.createElement("span");
        ago.className = "ago";
        ago.textContent = ` (${words.format(Math.round(far), unit)})`;
        time.after(ago);
        break;
      }
      far /= size;
    }
  }

  // What changed since a reader last looked: the edition of each story is remembered in this browser alone.
  const story = document.querySelector("article.story[data-story]");
  if (story) {
    const { story: name, edition, changed } = story.dataset;
    const before = JSON.parse(kept.get("story:" + name) || "null");
    const hint = document.querySelector("[data-since]");
    if (hint && before && Number(before.edition) < Number(edition)) {
      hint.querySelector("a").href = `?since=${Number(before.edition)}#changes`;
      hint.hidden = false;
    }
    kept.set("story:" + name, JSON.stringify({ edition, changed }));
  }
  for (const card of all(".card[data-story]")) {
    const before = JSON.parse(kept.get("story:" + card.dataset.story) || "null");
    if (before && Number(before.changed) < Number(card.dataset.changed)) card.classList.add("new");
  }

  // A name that was given once is offered again.
  for (const field of all("[data-keep]")) {
    if (!field.value) field.value = kept.get(field.dataset.keep) || "";
    field.form?.addEventListener("submit", () => kept.set(field.dataset.keep, field.value));
  }

  // Source and rewrite side by side, or one below the other.
  const side = (beside) => {
    document.body.classList.toggle("stacked", !beside);
    for (const button of all("[data-do=side]")) button.setAttribute("aria-pressed", String(beside));
    kept.set("side", beside ? "beside" : "stacked");
  };
  if (document.querySelector(".pair")) side(kept.get("side") !== "stacked");
  const toggle = () => document.querySelector(".pair") && side(document.body.classList.contains("stacked"));
  for (const button of all("[data-do=side]")) button.addEventListener("click", toggle);

  // A place inside a folded part opens it.
  const unfold = () => {
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = place; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    if (place && place.hasAttribute("tabindex")) place.focus({ preventScroll: true });
  };
  addEventListener("hashchange", unfold);
  unfold();

  // Keys.
  const rows = all("[data-row]").filter((row) => !row.closest("details:not([open])"));
  let at = -1;
  const move = (by) => {
    if (!rows.length) return;
    rows[at]?.classList.remove("here");
    at = Math.min(Math.max(at + by, 0), rows.length - 1);
    rows[at].classList.add("here");
    rows[at].scrollIntoView({ block: "nearest" });
    const link = rows[at].querySelector("a[href]");
    (rows[at].hasAttribute("tabindex") ? rows[at] : link)?.focus({ preventScroll: true });
  };
  const go = (href) => { location.href = href; };
  const up = () => {
    const link = document.body.classList.contains("report-page") && document.querySelector(".beside a[href^='/story/']");
    go(link ? link.href : "/");
  };
  const keys = {
    j: () => move(1), k: () => move(-1), o: () => rows[at]?.querySelector("a[href]")?.click(),
    "/": () => document.getElementById("q")?.focus(), s: toggle, u: up, "?": () => go("/keys"),
  };
  const rooms = { h: "/", s: "/search", v: "/saved", c: "/corrections", t: "/status" };
  let prefix = 0;
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const gone = Date.now() - prefix < 1500;
    prefix = 0;
    if (gone && Object.hasOwn(rooms, event.key)) { event.preventDefault(); go(rooms[event.key]); return; }
    if (event.key === "g") { prefix = Date.now(); return; }
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });
})();
