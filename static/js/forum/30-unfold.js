// Unfolds the replies to a post below it; without a script the link leads to a page of them.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-unfold]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const there = link.parentNode.parentNode.querySelector(":scope > .replies");
  if (there) {
    there.remove();
    link.setAttribute("aria-expanded", "false");
    return;
  }
  try {
    const answer = await fetch(link.href, { headers: { "X-Requested-With": "unfold" } });
    if (!answer.ok || answer.redirected) throw new Error(link.href);
    link.parentNode.insertAdjacentHTML("afterend", await answer.text());
    link.setAttribute("aria-expanded", "true");
  } catch {
    location.assign(link.href);
  }
});
