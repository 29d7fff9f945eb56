// Sends a form quietly after a pause in typing; waits for the line to come back when it is down.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const output = form.querySelector(".form-state");
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
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "autosave" },
        signal: running.signal,
      });
      say(answer.ok && !answer.redirected ? "saved" : "refused");
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
