// Keeps chosen courses on this phone, and sends later what was done without a connection.
const KEPT = "kept:";
const QUEUE = "done:"; // In a cache too: what one tab wrote to localStorage, another may learn of too late.
const CLOSED = "closed"; // Set by the worker at a sign-in: nothing kept is shown before we know who came in.
const root = document.documentElement;
const { reader } = document.body.dataset; // A mark, the same for all pages of one member; none for visitors.
const words = document.querySelector("[data-waiting]")?.dataset;
const digits = new Intl.NumberFormat(root.lang);
const put = (text, n, m) => text.replace("{n}", digits.format(n)).replace("{m}", digits.format(m));
const isCopy = "kept" in root.dataset;
const able = (() => {
  try {
    return localStorage && window.caches && navigator.serviceWorker;
  } catch {
    return null; // Where a browser refuses to store anything, pages work as they do without script.
  }
})();
const kept = async (start) => (await caches.keys()).filter((name) => name.startsWith(start));
const drop = async (names) => Promise.all(names.map((name) => caches.delete(name)));
const notice = (kind, text) => {
  const box = document.createElement("div");
  box.className = `notice notice-${kind}`;
  box.setAttribute("role", "status");
  box.tabIndex = -1;
  box.append(document.createElement("p"));
  box.firstChild.textContent = text;
  return box;
};
const announce = (kind, text) => (document.querySelector("main article") ?? document.querySelector("main")).prepend(notice(kind, text));

// A phone is often shared. Names of caches hold the mark of their reader: another's go before anything else happens.
const forgetOthers = async () => {
  await drop((await kept("")).filter((name) => /^(kept|done):/.test(name) && name.split(":")[1] !== reader));
  await caches.delete(CLOSED);
};

const queued = async (name) =>
  (await caches.has(name)) ? (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname) : [];
const shown = new Map();
const send = async (queue) => {
  let sent = 0;
  for (const path of await queued(queue)) {
    const page = await fetch(path.slice(0, -"done".length));
    const html = await page.text();
    if (page.status >= 500 || !html.includes(reader)) break; // Not now, or signed out: it waits.
    const token = new DOMParser().parseFromString(html, "text/html").querySelector(`form[action="${path}"] [name=csrf_token]`);
    if (token) {
      const body = new URLSearchParams({ csrf_token: token.value });
      const answer = await fetch(path, { method: "POST", body, redirect: "manual" });
      if (answer.status >= 500) break;
      if (answer.type === "opaqueredirect") sent++;
    }
    await (await caches.open(queue)).delete(path);
  }
  const left = await queued(queue);
  for (const [path, box] of shown) if (!left.includes(path)) box.remove(); // Another tab may have sent it.
  if (sent) announce("done", put(words.sent, sent));
};
if (reader && able) {
  const queue = QUEUE + reader;
  // One tab at a time. What is sent again because a page closed too early, the site counts once.
  const sendAll = () => navigator.onLine && navigator.locks.request(queue, () => send(queue)).catch(() => {});
  for (const form of document.querySelectorAll('form[action$="/done"]')) {
    const path = form.getAttribute("action");
    const wait = () => {
      shown.set(path, notice("offline", words.waiting));
      form.replaceWith(shown.get(path));
    };
    queued(queue).then((all) => all.includes(path) && wait());
    form.addEventListener("submit", async (event) => {
      if (navigator.onLine && !isCopy) return;
      event.preventDefault();
      await (await caches.open(queue)).put(path, new Response());
      wait();
      shown.get(path).focus();
      sendAll();
    });
  }
  addEventListener("online", sendAll);
  if (isCopy) announce("offline", words.copy);
  forgetOthers().then(sendAll);
}

const keeper = document.querySelector("[data-keep]");
if (keeper && reader && able) {
  const { keep: list, edition } = keeper.dataset;
  const own = `${KEPT}${reader}:${list.split("/")[2]}:`;
  const current = `${own}${edition}.${root.lang}`;
  const status = keeper.querySelector("[role=status]");
  const bar = keeper.querySelector("progress");
  const [takeButton, dropButton] = keeper.querySelectorAll("button");
  const say = (state, n, m) => (status.textContent = put(keeper.dataset[state], n, m));
  // The list itself is stored last: only a whole course has it.
  const whole = async () => {
    for (const name of await kept(own)) if (await (await caches.open(name)).match(list)) return name;
  };
  const show = async (state) => {
    const name = await whole();
    const now = name ? (name === current ? "kept" : "old") : "free";
    say(state ?? now, name ? parseInt(name.slice(own.length)) : 0);
    takeButton.hidden = now === "kept";
    dropButton.hidden = !(await kept(own)).length;
  };
  const copy = async (url) => {
    const response = await fetch(url);
    if (!response.ok || response.redirected) throw new Error(url);
    if (!url.endsWith("/")) return response;
    const html = await response.text();
    if (!html.includes(reader)) throw new Error(url);
    const headers = [...response.headers].filter(([name]) => !/^content-(encoding|length)|^vary/.test(name));
    return new Response(html.replace("<html", "<html data-kept"), { headers });
  };
  const take = async () => {
    const answer = await copy(list);
    const { pages, media } = await answer.clone().json();
    const box = await caches.open(current);
    const urls = [...pages, ...media];
    bar.max = urls.length;
    bar.hidden = false;
    status.setAttribute("aria-live", "off"); // A count that is read aloud page by page would be a nuisance.
    for (const [index, url] of urls.entries()) {
      if (!(await box.match(url))) await box.put(url, await copy(url));
      bar.value = index + 1;
      say("going", index + 1, urls.length);
    }
    const { active } = await navigator.serviceWorker.register("/sw.js");
    active?.postMessage("fill");
    await Promise.race([navigator.serviceWorker.ready, new Promise((_, fail) => setTimeout(fail, 20000))]);
    await box.put(list, answer);
    await drop((await kept(own)).filter((name) => name !== current));
  };
  const run = async (act) => {
    takeButton.disabled = dropButton.disabled = true;
    const ended = await act().catch(() => "failed");
    takeButton.disabled = dropButton.disabled = false;
    bar.hidden = true;
    status.removeAttribute("aria-live");
    await show(ended);
    (takeButton.hidden ? dropButton : takeButton).focus();
  };
  takeButton.addEventListener("click", () => run(take));
  dropButton.addEventListener("click", () => run(() => kept(own).then(drop).then(() => "gone")));
  document.querySelector("[data-keep-plain]").hidden = true;
  keeper.hidden = false;
  show();
}

const shelf = document.querySelector("[data-shelf]");
if (shelf && able) {
  const status = shelf.querySelector("[role=status]");
  const rows = shelf.querySelector("ul");
  const row = async (name) => {
    const box = await caches.open(name);
    const list = (await box.keys()).find(({ url }) => url.endsWith("/offline.json"));
    if (!list) return;
    const { title, url, edition, bytes } = await (await box.match(list)).json();
    const item = shelf.querySelector("template").content.firstElementChild.cloneNode(true);
    const [number, size] = item.querySelectorAll(".meta span");
    Object.assign(item.querySelector("a"), { textContent: title, href: url, dir: "auto" });
    item.querySelector(".hidden-text").textContent = ` ${title}`;
    number.textContent = put(number.textContent, edition);
    size.textContent = put(size.textContent, Math.ceil(bytes / 1024));
    item.querySelector("button").addEventListener("click", () => drop([name]).then(draw));
    rows.append(item);
  };
  const draw = async () => {
    rows.replaceChildren();
    for (const name of (await caches.has(CLOSED)) ? [] : await kept(KEPT)) await row(name);
    rows.hidden = !rows.children.length;
    const waiting = (await Promise.all((await kept(QUEUE)).map(queued))).flat().length;
    status.textContent = [rows.hidden && shelf.dataset.shelf, waiting && put(shelf.dataset.queue, waiting)].filter(Boolean).join(" ");
  };
  // In place of a page that was sent in vain: the keeper of drafts must not take it for sent.
  if (location.pathname !== "/offline") for (const key of Object.keys(localStorage)) if (key.startsWith("sent:")) localStorage.removeItem(key);
  document.querySelector("[data-shelf-plain]").hidden = true;
  shelf.hidden = false;
  draw();
}
