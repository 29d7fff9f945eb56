// Numbers beside the lines, and marks where something is to be mended or could be better.
const area = document.getElementById("source");
const frame = area?.closest(".source-frame");
if (frame && document.querySelector("form[data-editor]")) {
  const digits = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false });
  const panel = document.getElementById("findings");
  const make = (name) => {
    const made = document.createElement("div");
    made.className = name;
    made.setAttribute("aria-hidden", "true");
    return frame.appendChild(made);
  };
  const mirror = make("source source-mirror");
  const gutter = make("gutter");
  const rows = gutter.appendChild(document.createElement("div"));
  frame.classList.add("source-numbered");
  const marks = () => {
    const found = new Map();
    for (const link of panel.querySelectorAll("[data-line]")) {
      const fault = Boolean(link.closest(".finding-fault"));
      const line = Number(link.dataset.line);
      const { words, bad } = found.get(line) ?? { words: [], bad: false };
      found.set(line, { words: [...words, link.parentElement.textContent], bad: bad || fault });
    }
    return found;
  };
  const follow = () => (rows.style.translate = `0 ${-area.scrollTop}px`);
  const draw = () => {
    mirror.style.inlineSize = `${area.clientWidth}px`;
    const lines = area.value.split("\n").map((text) => {
      const line = document.createElement("div");
      line.textContent = text || "\u200b";
      return line;
    });
    mirror.replaceChildren(...lines);
    const found = marks();
    const top = mirror.getBoundingClientRect().top;
    const places = lines.map((line) => line.getBoundingClientRect().top - top);
    rows.replaceChildren(
      ...places.map((place, index) => {
        const row = document.createElement("span");
        row.textContent = digits.format(index + 1);
        row.style.insetBlockStart = `${place}px`;
        const mark = found.get(index + 1);
        if (mark) {
          row.className = mark.bad ? "gutter-fault" : "gutter-hint";
          row.title = mark.words.join("\n");
        }
        return row;
      }),
    );
    follow();
  };
  let waiting = 0;
  const soon = () => (waiting ||= requestAnimationFrame(() => ((waiting = 0), draw())));
  area.addEventListener("input", soon);
  area.addEventListener("scroll", follow, { passive: true });
  new ResizeObserver(soon).observe(area);
  new MutationObserver(soon).observe(panel, { childList: true });
  draw();
}
