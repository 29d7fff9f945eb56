// Keeps the shell and the courses a learner chose to keep; stores nothing by itself.
const SHELL = ["{shell}"];
const NAME = "shell:" + "{version}";
const PATIENCE = 4000;

const CHECK = "/verify/"; // Speaks of nobody, so it stays open whoever came in; a scanned square leads to it too.

const fill = async () => (await caches.open(NAME)).addAll(SHELL.map((url) => new Request(url, { cache: "reload" })));
const copyOf = (request) => caches.match(request, { ignoreSearch: true, ignoreVary: true });
const inTime = (promise) =>
  new Promise((resolve, reject) => {
    promise.then(resolve, reject);
    setTimeout(reject, PATIENCE);
  });

// A phone is often shared: whoever signs out or erases the account takes all copies along, and after any other step
// at the account's door they stay shut until a page shows that the same person is in.
const door = async (path) => {
  if (!/(sign-out|erase)$/.test(path)) return caches.open("closed");
  return Promise.all((await caches.keys()).map((name) => /^(kept|done):/.test(name) && caches.delete(name)));
};

// The network first. A kept copy stands in when the answer is late, lost or a fault; else the offline page does.
const page = async (request, path) => {
  const posted = request.method !== "GET";
  const shut = path !== CHECK && (await caches.has("closed"));
  const kept = posted || shut ? undefined : await copyOf(request);
  try {
    const answer = fetch(request);
    const response = await (kept ? inTime(answer) : answer);
    if (posted && path.startsWith("/account/") && response.type === "opaqueredirect") await door(path);
    return kept && response.status >= 500 ? kept : response;
  } catch {
    const check = path.startsWith("/c/") && !posted && (await copyOf(CHECK));
    return kept || check || (await copyOf(SHELL[0])) || Response.error();
  }
};

// Names of files hold a hash of their content, so a copy is never stale; an older page makes do with today's file.
const unhashed = (path) => path.replace(/\.[0-9a-f]{12}\./, ".");
const file = async (request, path) => {
  const kept = await copyOf(request);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch {
    return (await copyOf(SHELL.find((url) => unhashed(url) === unhashed(path)) || path)) || Response.error();
  }
};

addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("shell:") && name !== NAME);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => clients.claim()));
});
// A page asks for a fresh shell when its language changed or a sign-out emptied the phone.
addEventListener("message", (event) => event.waitUntil(fill()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (request.method === "GET" && /^\/static\/|^\/courses\/[^/]+\/media\//.test(pathname)) event.respondWith(file(request, pathname));
});
