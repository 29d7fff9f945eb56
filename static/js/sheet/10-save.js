// Saves each passage of a translation by itself after a pause in typing; what cannot be sent waits for the line.
const form = document.querySelector("form[data-sheet]");
if (form) {
  const output = form.querySelector(".form-state");
  const waiting = new Map(); // field -> what is left to send
  let timer;
  let running = false;
  const say = (state) => {
    output.dataset.state = state;
    output.textContent = output.dataset[state];
  };
  const nameOf = (field) => field.name.slice("text-".length);
  const was = (field) => form.elements[`was-${nameOf(field)}`];
  const show = (field, row) => {
    was(field).value = row.was;
    const part = field.closest(".sheet-row");
    const chip = part.querySelector("[data-chip] .chip");
    chip.className = `chip chip-${row.tone}`;
    chip.textContent = row.state;
    part.className = `sheet-row sheet-${row.tone}`;
    part.querySelector("[data-losses]").replaceChildren(
      ...row.losses.map((words) => Object.assign(document.createElement("li"), { textContent: words })),
    );
  };
  const forget = () => {
    try {
      localStorage.removeItem(`draft:${form.dataset.draft}`);
    } catch {
      // A private window kept nothing.
    }
  };
  const save = async () => {
    if (running) return later(800);
    const fields = [...waiting.keys()];
    if (!fields.length) return;
    running = true;
    say("saving");
    const words = new FormData();
    words.set("csrf_token", form.elements.csrf_token.value);
    for (const field of fields) {
      waiting.set(field, field.value);
      words.set(field.name, field.value);
      words.set(was(field).name, was(field).value);
    }
    let state = "saved";
    try {
      const answer = await fetch(location.href, { method: "POST", body: words, headers: { "X-Requested-With": "autosave" } });
      if (!answer.ok || answer.redirected) throw new TypeError();
      const { rows } = await answer.json();
      for (const field of fields) {
        const row = rows[nameOf(field)];
        if (!row || row.error) state = "refused";
        else show(field, row);
        if (waiting.get(field) === field.value) waiting.delete(field);
      }
      if (state === "saved" && !waiting.size) forget();
    } catch {
      state = "waiting";
      later(30000);
    }
    running = false;
    say(state);
    if (waiting.size && state !== "waiting") later(800);
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  form.addEventListener("input", ({ target }) => {
    if (!target.name.startsWith("text-")) return;
    waiting.set(target, null);
    later(1500);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    waiting.clear();
  });
  addEventListener("online", () => waiting.size && later(0));
}
