// Saves while one types, keeps a copy on this device while it cannot, and gives it back after a closed tab.
const form = document.querySelector("form[data-editor]");
const area = document.getElementById("source");
const PAUSE = 2000;
const AGAIN = 10000;
const store = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null; // Private windows and full devices have no store; saving still works.
  }
};
if (form && !area.readOnly) {
  const output = form.querySelector(".form-state");
  const panel = document.getElementById("findings");
  const { base } = form.elements;
  const { become } = document.workshop;
  const { reader } = document.body.dataset;
  const shelf = `edit:${reader}:${form.dataset.editor}:`;
  // Each tab has its own copy: two tabs with one file must not write over each other's words.
  const random = () => crypto.getRandomValues(new Uint32Array(2)).join("");
  const mark = () => (sessionStorage["edit:tab"] = random());
  let own = shelf + (sessionStorage["edit:tab"] ?? mark());
  let saved = document.querySelector("[data-focus]") ? null : area.value; // what the server has of this tab; null: it refused
  let sending = null;
  let stopped = false; // a dispute: the Save button shows both versions
  let timer;
  const say = (state, text) => {
    output.dataset.state = state;
    output.textContent = text ?? output.dataset[state] ?? "";
  };
  const unsaved = () => area.value !== saved;
  const warn = (event) => event.preventDefault();
  const mind = () => (unsaved() ? addEventListener : removeEventListener)("beforeunload", warn);
  let leaving = false; // sent by the button: the copy stays until a page says that it was taken
  const copy = () => {
    if (leaving) return;
    if (unsaved()) store((box) => (box[own] = JSON.stringify({ base: base.value, text: area.value, when: Date.now() })));
    else store((box) => box.removeItem(own));
  };

  const took = (answer, sent) => {
    renewal = false;
    panel.innerHTML = answer.panel;
    if (answer.joined === null) {
      base.value = answer.base;
      saved = sent;
    } else if (area.value === sent) {
      saved = answer.joined;
      base.value = answer.base;
      become(area, answer.joined);
    } else {
      // Somebody typed on while both were joined: go on from what was sent; the next answer joins again.
      saved = sent;
      base.value = answer.typed;
    }
    say(answer.joined === null ? (unsaved() ? "typing" : "saved") : "joined");
    form.dispatchEvent(new CustomEvent("kept"));
  };
  // Somebody signed in again in another tab: the form needs a token of that sign-in, if it is the same person's.
  let renewal = false;
  const renewed = async () => {
    const again = renewal || (await fetch(location.pathname));
    renewal = true;
    if (again === true || again.redirected || !again.ok) return false;
    const page = new DOMParser().parseFromString(await again.text(), "text/html");
    const token = page.querySelector("form[data-editor] [name=csrf_token]");
    if (!token || page.body.dataset.reader !== reader) return false;
    form.elements.csrf_token.value = token.value;
    return true;
  };
  const refused = async (answer) => {
    if (answer.redirected || answer.status === 401 || answer.status === 403) return say("signedOut");
    if (answer.status === 400 && (await renewed())) return later(0);
    const words = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    stopped = Boolean(words.disputed) || answer.status === 409;
    say("failed", words.error);
    if (answer.status >= 500) later(AGAIN);
  };
  const send = async () => {
    if (sending) return later(PAUSE);
    if (!unsaved() || stopped) return;
    const sent = area.value;
    sending = new AbortController();
    say("saving");
    try {
      const body = new FormData(form);
      const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-Requested-With": "autosave" }, signal: sending.signal });
      if (answer.ok && !answer.redirected) took(await answer.json(), sent);
      else await refused(answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      say("waiting");
      later(AGAIN);
    } finally {
      sending = null;
      copy();
      mind();
    }
    if (unsaved() && output.dataset.state === "typing") later(PAUSE);
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };
  area.addEventListener("input", () => {
    copy();
    mind();
    if (!unsaved()) return say("saved");
    if (output.dataset.state !== "waiting") say("typing");
    later(PAUSE);
  });
  addEventListener("online", () => unsaved() && later(0));
  addEventListener("pagehide", copy);
  addEventListener("visibilitychange", () => unsaved() && !stopped && later(0)); // on leaving the tab and on coming back
  addEventListener("keydown", (event) => {
    if (event.code !== "KeyS" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (stopped) form.requestSubmit();
    else later(0);
  });
  addEventListener("pageshow", () => (leaving = false));
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    sending?.abort();
    removeEventListener("beforeunload", warn);
    const sent = (form.elements.mark.value = random()); // the page that says "saved" names it in its address
    store((box) => (box[own] = JSON.stringify({ base: base.value, text: area.value, when: Date.now(), sent })));
  });

  // What an earlier visit could not save. A living tab holds a lock, so that its words are not taken for lost ones.
  const notice = document.querySelector("[data-kept]");
  const held = async () => {
    if (!navigator.locks) return [];
    const { held: locks } = await navigator.locks.query();
    return locks.map(({ name }) => name);
  };
  const look = async () => {
    let living = await held();
    if (living.some((name) => name.startsWith(shelf))) {
      await new Promise((go) => setTimeout(go, 1000)); // a tab that was closed a moment ago lets go of its lock only now
      living = await held();
    }
    if (living.includes(own)) own = shelf + mark(); // a tab that was doubled brought the mark of its twin along
    navigator.locks?.request(own, () => new Promise(() => {}));
    const names = store((box) => Object.keys(box).filter((name) => name.startsWith(shelf) && !living.includes(name))) ?? [];
    const copies = names.map((name) => ({ name, ...JSON.parse(store((box) => box[name]) ?? "{}") })).sort((one, other) => other.when - one.when);
    const taken = new URLSearchParams(location.search).get("saved");
    for (const each of copies) if (each.text === area.value || (each.sent && each.sent === taken)) store((box) => box.removeItem(each.name));
    const lost = copies.find((each) => store((box) => box[each.name]) && each.text !== area.value);
    if (lost) offer(lost);
  };
  const offer = (lost) => {
    const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(lost.when);
    const same = lost.base === base.value;
    const before = area.value;
    const words = notice.querySelector(same ? "[data-kept-same]" : "[data-kept-other]");
    const back = notice.querySelector("[data-kept-back]");
    const bring = () => {
      if (lost.name !== own) store((box) => box.removeItem(lost.name));
      base.value = lost.base;
      become(area, lost.text);
      copy();
    };
    const drop = () => {
      store((box) => box.removeItem(lost.name));
      if (same) become(area, before);
      notice.hidden = true;
      area.focus();
    };
    words.textContent = words.textContent.replace("{when}", when);
    words.hidden = false;
    back.hidden = same;
    notice.hidden = false;
    back.addEventListener("click", () => {
      bring();
      notice.hidden = true;
    });
    notice.querySelector("[data-kept-drop]").addEventListener("click", drop);
    if (same) bring();
  };
  mind();
  look();
}
