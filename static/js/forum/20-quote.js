// Puts selected words of a post, or all of it, into the form as a quotation; without a script the link does it.
const input = document.querySelector("#reply textarea");
const passage = (entry) => {
  const chosen = getSelection();
  const inside = chosen.rangeCount && entry.querySelector(".prose")?.contains(chosen.getRangeAt(0).commonAncestorContainer);
  return inside ? chosen.toString().trim() : "";
};
if (input) {
  let words = "";
  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest("[data-quote]"); // A press takes the selection away, so it is read before.
    words = link ? passage(link.closest(".entry")) : "";
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-quote]");
    if (!link || !words) return; // Nothing is selected: the link brings all of the post.
    event.preventDefault();
    const entry = link.closest(".entry");
    const number = entry.id.slice(1);
    const who = entry.querySelector(".entry-name a")?.pathname.split("/").pop();
    const head = `> ${who ? `@${who}, ` : ""}[#${number}](/forum/p/${link.dataset.quote}):`;
    const lines = words.split("\n").map((line) => `> ${line}`.trimEnd());
    const before = input.value.trim() ? `${input.value.trimEnd()}\n\n` : "";
    input.value = `${before}${head}\n>\n${lines.join("\n")}\n\n`;
    input.form.reply_to.value = link.dataset.quote;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
}
