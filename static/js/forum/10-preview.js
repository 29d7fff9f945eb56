// Shows what the words will look like as one types; the server draws it, as it will draw the post.
for (const box of document.querySelectorAll("[data-preview-box]")) {
  const form = box.closest("form");
  const input = form.querySelector("textarea");
  const place = box.querySelector(".prose");
  let timer;
  let running = null;
  const show = async () => {
    running?.abort();
    if (!input.value.trim()) {
      box.hidden = true;
      return;
    }
    running = new AbortController();
    const words = new FormData(form);
    for (const file of form.querySelectorAll("[type=file]")) words.delete(file.name);
    words.set("act", "preview");
    try {
      const headers = { "X-Requested-With": "preview" };
      const answer = await fetch(form.action, { method: "POST", body: words, headers, signal: running.signal });
      if (!answer.ok || answer.redirected) return;
      place.innerHTML = await answer.text(); // The server's sanitiser was the last to touch it, as in every post.
      box.hidden = false;
    } catch {
      // Without a connection the words stay; the preview waits for the next pause.
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 1200);
  });
}
