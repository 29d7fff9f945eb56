// Reads the code square of a paper and says what it proves, with or without a connection. Nothing leaves this page.
const SQUARE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-/:";
const KEYS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const PAPER = /\/c\/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})(?:#([0-9A-Z$*/:-]+))?/;
const EMBEDDED = /\/Length (\d+)\/Type\/EmbeddedFile([^]{0,300}?)stream\r?\n/g;
const EDDSA = "161,1,39";
const scan = document.querySelector("[data-scan]");
// The page of a code has no words for papers: it borrows them from the check page when a square led to it.
const borrowed = async (place) => {
  const page = new DOMParser().parseFromString(await (await fetch(place.dataset.paper)).text(), "text/html");
  place.replaceWith(page.querySelector("[data-check]"));
};
if (!scan && location.hash) await borrowed(document.querySelector("[data-paper]"));
const box = document.querySelector("[data-check]");
const words = box?.dataset;
const { lang } = document.documentElement;
const text = (bytes) => new TextDecoder().decode(bytes);
const octets = (words) => new TextEncoder().encode(words);
const day = (number) => date(new Date(number * 864e5), { dateStyle: "long", timeZone: "UTC" });
const date = (moment, how) => new Intl.DateTimeFormat(`${lang}-u-ca-gregory`, how).format(moment);
const sha = async (words) => new Uint8Array(await crypto.subtle.digest("SHA-256", octets(words)));
const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

const unpacked = (letters) => {
  const found = [];
  for (let at = 0; at < letters.length; at += 3) {
    const part = [...letters.slice(at, at + 3)];
    const number = part.reduce((sum, letter) => sum * 41 + SQUARE.indexOf(letter), 0);
    found.push(...(part.length === 3 ? [number >> 8, number & 255] : [number]));
  }
  return Uint8Array.from(found);
};

// As much of CBOR as statements use.
const decoded = (bytes) => {
  let at = 0;
  const take = (size) => {
    if (at + size > bytes.length) throw new RangeError("cut off");
    return bytes.slice(at, (at += size));
  };
  const item = () => {
    const [first] = take(1);
    const kind = first >> 5;
    let number = first & 31;
    if (number > 25) throw new RangeError("not ours");
    if (number > 23) number = take(number - 23).reduce((sum, byte) => sum * 256 + byte, 0);
    if (kind < 2) return kind ? -1 - number : number;
    if (kind < 4) return kind === 2 ? take(number) : text(take(number));
    const values = Array.from({ length: kind === 4 ? number : 2 * number }, item);
    return kind === 4 ? values : new Map(values.flatMap((value, place) => (place % 2 ? [] : [[value, values[place + 1]]])));
  };
  return item();
};

const publicKey = (name) => {
  let number = [...name.slice(1)].reduce((sum, letter) => sum * 58n + BigInt(KEYS.indexOf(letter)), 0n);
  const bytes = [];
  for (; number; number >>= 8n) bytes.unshift(Number(number & 255n));
  return crypto.subtle.importKey("raw", Uint8Array.from(bytes.slice(2)), "Ed25519", false, ["verify"]);
};
const string = (bytes) => [...(bytes.length < 24 ? [64 + bytes.length] : [88, bytes.length]), ...bytes];
const structure = (code, head, payload) =>
  Uint8Array.from([132, 106, ...octets("Signature1"), ...string(head), ...string(octets(code)), ...string(payload)]);

const listing = (async () => {
  if (!box) return null;
  try {
    return await (await fetch(words.check)).json();
  } catch {
    return (await caches.match(words.check, { ignoreSearch: true, ignoreVary: true }))?.json();
  }
})();

// What the statement says, if one of the site's keys signed it.
const read = async (list, code, packed) => {
  try {
    const [head, keys, payload, signature] = decoded(unpacked(packed));
    const key = list.keys[text(keys.get(4))];
    if (String(head) !== EDDSA) return { state: "forged" };
    if (!key) return { state: "stranger" };
    let door;
    try {
      door = await publicKey(key);
    } catch {
      return { state: "unable" };
    }
    if (!(await crypto.subtle.verify("Ed25519", door, signature, structure(code, head, payload)))) return { state: "forged" };
    const [names, achieved, tier, issued, version, until] = decoded(payload);
    return { names, achieved, tier, issued, version, until, state: "valid" };
  } catch {
    return { state: "forged" };
  }
};

const standing = async (list, code, paper) => {
  const mark = btoa(String.fromCharCode(...(await sha(code)).slice(0, 9))).replace(/\+/g, "-").replace(/\//g, "_");
  if (list.withdrawn[mark]) return { ...paper, state: "withdrawn", reason: list.withdrawn[mark] };
  if (paper.state !== "valid") return paper;
  if ((list.versions[mark] ?? 1) > paper.version) return { ...paper, state: "replaced" };
  return paper.until && paper.until * 864e5 + 864e5 < Date.now() ? { ...paper, state: "expired" } : paper;
};

const line = (told, value) => {
  const item = document.createElement("li");
  item.textContent = told.replace("{n}", value);
  return item;
};
const told = (list, code, paper) => {
  const at = paper.achieved?.lastIndexOf(".");
  const what = paper.achieved?.slice(0, at);
  const lines = [line(words.code, `\u2068${code}\u2069`)];
  if (paper.reason) lines.push(line("{n}", paper.reason));
  if (what) {
    lines.push(line(words.given, list.titles[what] ?? words[what] ?? what));
    if (paper.tier) lines.push(line(paper.tier === 2 ? words.completion : words.participation));
    lines.push(line(words.issued, day(paper.issued)));
  }
  if (paper.until) lines.push(line(words.until, day(paper.until)));
  lines.push(line(words.age, date(new Date(list.made), { dateStyle: "long", timeStyle: "short" })));
  return lines;
};

const answer = box?.querySelector("[data-answer]");
const nameForm = box?.querySelector("[data-name]");
const show = (state, lines = []) => {
  answer.replaceChildren(box.querySelector(`template[data-state="${state}"]`).content.cloneNode(true));
  if (lines.length) {
    const facts = document.createElement("ul");
    facts.append(...lines);
    answer.append(facts);
  }
  box.hidden = false;
  nameForm.hidden = true;
  answer.tabIndex = -1;
  answer.focus();
};
// Where there is no statement, the site knows more: whoever wants to ask it is told how, and nothing is sent before.
const check = async (code, packed, without = "bare") => {
  const list = await listing;
  if (!list) return show("listless");
  const paper = await standing(list, code, packed ? await read(list, code, packed) : { state: without });
  show(paper.state, told(list, code, paper));
  for (const way of answer.querySelectorAll("[data-ask]")) {
    way.hidden = !navigator.onLine;
    way.firstElementChild.href ||= `/c/${code}`;
  }
  nameForm.hidden = !paper.names;
  nameForm.onsubmit = async (event) => {
    event.preventDefault();
    const verdict = (await named(code, nameForm.elements[0].value, paper.names)) ? "matches" : "differs";
    nameForm.querySelector("[role=status]").replaceChildren(box.querySelector(`template[data-state="${verdict}"]`).content.cloneNode(true));
  };
};

// The same as courses/credentials/statement.py: case, accents, spaces and signs do not count.
const ALIKE = { ي: "ی", ى: "ی", ك: "ک" };
const folded = (name) =>
  name.normalize("NFKD").toLowerCase().replace(/[يىك]/g, (letter) => ALIKE[letter]).replace(/[^\p{Ll}\p{Lo}\p{Nd}]/gu, "");
const named = async (code, typed, names) => {
  const digest = (await sha(`${code}\n${folded(typed)}`)).slice(0, 8);
  return [0, 8].some((at) => same(digest, names.slice(at, at + 8)));
};

// What a file says of itself: the text beside a picture, what is attached to a PDF, or a picture of the square.
const inflated = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
const attached = async (bytes) => {
  const found = [];
  const plain = new TextDecoder("latin1").decode(bytes);
  for (const each of plain.matchAll(EMBEDDED)) {
    const at = each.index + each[0].length;
    const part = bytes.slice(at, at + Number(each[1]));
    found.push(each[2].includes("FlateDecode") ? await inflated(part).catch(() => "") : text(part));
  }
  return [...found, plain];
};
// The words of a PNG, each piece by itself: the sum behind a piece may look like more letters of a statement.
const chunks = (bytes) => {
  const found = [];
  const view = new DataView(bytes.buffer);
  for (let at = 8, size; at + 12 <= bytes.length; at += 12 + size) {
    size = view.getUint32(at);
    if (/^(tE|iT)Xt$/.test(text(bytes.slice(at + 4, at + 8)))) found.push(text(bytes.slice(at + 8, at + 8 + size)));
  }
  return found;
};
// Some browsers know the word and have nothing behind it that reads squares.
const detector = (async () => {
  const kinds = await window.BarcodeDetector?.getSupportedFormats();
  return kinds?.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
})().catch(() => null);
const squares = async (picture) => ((await (await detector)?.detect(picture)) ?? []).map(({ rawValue }) => rawValue);
const texts = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const begins = text(bytes.slice(0, 5));
  if (begins === "%PDF-") return attached(bytes);
  const seen = file.type.startsWith("image/") ? await createImageBitmap(file).then(squares).catch(() => []) : [];
  return [...seen, ...(begins.endsWith("PNG\r") ? chunks(bytes) : [text(bytes)])];
};
const take = (found, without) => {
  const papers = found.map((each) => each.match(PAPER)).filter(Boolean);
  const best = papers.find((each) => each[2]) ?? papers[0];
  if (best) check(best[1], best[2], without);
  return Boolean(best);
};
const takeFile = async (file) => {
  if (!file) return;
  if (take(await texts(file), "file")) return;
  const reads = await detector;
  show(file.type.startsWith("image/") ? (reads ? "squareless" : "blind") : "nothing");
};

// The camera is lit from the press of the button to an answer, to the other button, or until the page is left.
let asking = false;
const film = async (camera, scene) => {
  if (asking) return;
  asking = true;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
  asking = false;
  if (!stream) return show("camera");
  box.hidden = true; // What was said of the last paper does not stand beside the next one.
  const [foreign, video, stop] = scene.querySelectorAll("[data-foreign], video, button");
  const end = () => {
    stream.getTracks().forEach((track) => track.stop());
    if (video.srcObject !== stream) return;
    video.srcObject = null;
    scene.hidden = true;
    camera.hidden = false;
  };
  video.srcObject = stream;
  scene.hidden = false;
  camera.hidden = true;
  stop.onclick = () => {
    end();
    camera.focus();
  };
  stop.focus();
  window.onpagehide = end;
  document.onvisibilitychange = () => document.hidden && end();
  video.play().catch(() => {}); // It was stopped before it began.
  while (stream.active) {
    const seen = await squares(video).catch(() => []);
    if (!stream.active || take(seen)) break;
    foreign.hidden = !seen.length;
    await new Promise((done) => setTimeout(done, 200));
  }
  end();
};

// The page, its script and the list stay on this device, so that the next check needs no connection.
const keep = async () => {
  await navigator.serviceWorker.register("/sw.js");
  const kept = await caches.open("check");
  const page = await fetch(`${words.page}?lang=${lang}`, { credentials: "omit" });
  if (!page.ok) return;
  await kept.put(words.page, page);
  for (const url of [words.check, import.meta.url]) await kept.put(url, await fetch(url));
  const wanted = [words.page, words.check, import.meta.url].map((url) => new URL(url, location).href);
  for (const { url } of await kept.keys()) if (!wanted.includes(url)) await kept.delete(url);
  scan.querySelector("[data-ready]").hidden = false;
};

const spelled = (typed) => {
  const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return plain.length === 16 ? plain.match(/.{4}/g).join("-") : "";
};
if (scan) {
  const input = scan.querySelector("[type=file]");
  const camera = scan.querySelector("[data-camera]");
  const form = document.querySelector("[data-typed]");
  scan.hidden = false;
  detector.then((reads) => (camera.hidden = !(reads && navigator.mediaDevices)));
  camera.addEventListener("click", () => film(camera, scan.querySelector("[data-scene]")));
  input.addEventListener("change", () => takeFile(input.files[0]));
  scan.addEventListener("dragover", (event) => event.preventDefault());
  scan.addEventListener("drop", (event) => {
    event.preventDefault();
    takeFile(event.dataTransfer.files[0]);
  });
  form.addEventListener("submit", (event) => {
    const typed = form.querySelector("input").value;
    const whole = `/${typed}`.match(PAPER) ?? typed.match(PAPER);
    const code = whole?.[1] ?? spelled(typed);
    if (!code || (navigator.onLine && !whole?.[2])) return;
    event.preventDefault();
    check(code, whole?.[2]);
  });
  if (location.protocol === "https:" || location.hostname === "127.0.0.1" || location.hostname === "localhost") keep().catch(() => {});
}
// A square was scanned: the paper itself is checked too, and where this is the kept page, nothing else can be.
const asked = location.pathname.startsWith("/c/") ? location.pathname.slice(3) : new URLSearchParams(location.search).get("code");
const code = spelled(asked ?? "");
if (code && (location.hash || scan)) check(code, location.hash.slice(1));
