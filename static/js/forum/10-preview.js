// Shows what the words will look like as one types; the server draws it, as it will draw the post.
for (const box of document.querySelectorAll("[data-preview-box]")) {
  const form = box.closest("form");
  const input = form.querySelector("textarea");
  const place = box.querySelector(".prose");
  let timer;
  let running = null;
  let missed = false;
  const show = async () => {
    running?.abort();
    if (!input.value.trim()) {
      box.hidden = true;
      return;
    }
    running = new AbortController();
    missed = false;
    const words = new FormData(form);
    for (const file of form.querySelectorAll("[type=file]")) words.delete(file.name);
    words.set("act", "preview");
    try {
      const headers = { "X-Requested-With": "preview" };
      const answer = await fetch(form.action, { method: "POST", body: words, headers, signal: running.signal });
      if (!answer.ok || answer.redirected) return;
      place.innerHTML = await answer.text(); // The server's sanitiser was the last to touch it, as in every post.
      box.hidden = false;
    } catch (error) {
      missed = error.name !== "AbortError"; // Without a connection the words stay; the preview comes once it is back.
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 1200);
  });
  addEventListener("online", () => missed && show());
}
