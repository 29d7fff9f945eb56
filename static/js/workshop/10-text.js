// What the other scripts of the workshop do to a text: every change can be taken back with Ctrl+Z.
const insert = (area, start, end, text) => {
  const { scrollTop } = area;
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
  if (!done) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.scrollTop = scrollTop;
};
// Changes only what differs, so that the cursor stays where it was.
const become = (area, text) => {
  const old = area.value;
  const most = Math.min(old.length, text.length);
  let head = 0;
  while (head < most && old[head] === text[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === text.at(-1 - tail)) tail++;
  const end = old.length - tail;
  const moved = (place) => (place <= head ? place : place >= end ? place + text.length - old.length : head);
  const places = [moved(area.selectionStart), moved(area.selectionEnd)];
  insert(area, head, end, text.slice(head, text.length - tail));
  area.setSelectionRange(...places);
};
const goTo = (area, line) => {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  area.scrollTop = Math.max(0, (area.scrollHeight * (line - 4)) / lines.length);
};
document.workshop = { insert, become, goTo };

addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  const area = document.getElementById("source");
  if (!link || !area) return;
  event.preventDefault();
  goTo(area, Number(link.dataset.line));
});
