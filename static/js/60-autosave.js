// Sends a form quietly after a pause in typing; waits for the line to come back when it is down.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const output = form.querySelector(".form-state");
  const answered = form.querySelector("[data-answered]");
  const say = (state) => {
    if (!output) return;
    output.dataset.state = state;
    output.textContent = output.dataset[state];
  };
  let timer;
  let unsaved = false;
  let running = null;
  const save = async () => {
    if (running) {
      later(800);
      return;
    }
    unsaved = false;
    running = new AbortController();
    say("saving");
    const words = new FormData(form);
    for (const input of form.querySelectorAll("[type=file]")) words.delete(input.name); // only a button sends files
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: words,
        headers: { "X-Requested-With": "autosave" },
        signal: running.signal,
      });
      const good = answer.ok && !answer.redirected;
      say(good ? "saved" : "refused");
      if (good && answered) answered.textContent = (await answer.json()).answered;
    } catch {
      unsaved = true;
      say("waiting");
    }
    running = null;
    if (unsaved) later(30000);
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  form.addEventListener("input", () => {
    unsaved = true;
    later(800);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    running?.abort();
    unsaved = false;
  });
  addEventListener("online", () => unsaved && later(0));
}
