// Buttons and keys that type Markdown.
const form = document.querySelector("form[data-editor]");
const bar = form?.querySelector("[role=toolbar]");
const area = document.getElementById("source");
if (bar && !area.readOnly) {
  const { insert } = document.workshop;
  const tools = [...bar.querySelectorAll("[data-tool]")];
  const chosen = () => area.value.slice(area.selectionStart, area.selectionEnd);
  const lineStart = (place) => area.value.lastIndexOf("\n", place - 1) + 1;
  const lineEnd = (place) => (area.value.indexOf("\n", place) + 1 || area.value.length + 1) - 1;
  const word = bar.dataset;

  // Around the selection, or away again when it is there already.
  const wrap = (mark) => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const size = mark.length;
    if (value.slice(start - size, start) === mark && value.slice(end, end + size) === mark) {
      insert(area, start - size, end + size, value.slice(start, end));
      area.setSelectionRange(start - size, end - size);
    } else {
      insert(area, start, end, mark + value.slice(start, end) + mark);
      area.setSelectionRange(start + size, end + size);
    }
  };
  // At the beginning of each chosen line, or away again when it is there already.
  const begin = (markOf, seen) => {
    const start = lineStart(area.selectionStart);
    const end = lineEnd(area.selectionEnd);
    const lines = area.value.slice(start, end).split("\n");
    const all = lines.every((line) => seen.test(line) || !line);
    const text = lines.map((line, index) => (all && line ? line.replace(seen, "") : markOf(index) + line.replace(/^(#{1,6} |[-*] |\d+\. |> )/, ""))).join("\n");
    insert(area, start, end, text);
    area.setSelectionRange(lines.length > 1 ? start : start + text.length, start + text.length);
  };
  // A block of its own, with empty lines around it.
  const block = (text) => {
    const end = lineEnd(area.selectionEnd);
    const before = area.value.slice(0, end);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const after = area.value.slice(end).startsWith("\n\n") || end === area.value.length ? "" : "\n";
    insert(area, end, end, gap + text + after);
    return end + gap.length;
  };
  const atEnd = (text) => {
    const back = area.selectionEnd;
    const gap = area.value.endsWith("\n") ? "" : "\n";
    insert(area, area.value.length, area.value.length, `${gap}\n${text}`);
    return back;
  };
  const ask = (name, fill) =>
    new Promise((resolve) => {
      const dialog = document.querySelector(`[data-dialog=${name}]`);
      const { selectionStart: start, selectionEnd: end } = area;
      const inside = dialog.querySelector("form");
      inside.reset();
      fill?.(inside.elements);
      dialog.returnValue = "";
      const closed = () => {
        area.setSelectionRange(start, end); // Chrome forgets it when a dialog gives the focus back
        resolve(dialog.returnValue ? inside.elements : null);
      };
      dialog.addEventListener("close", closed, { once: true });
      dialog.showModal();
    });
  const tidy = (text) => text.replace(/\s+/g, " ").trim();

  const acts = {
    bold: () => wrap("**"),
    italic: () => wrap("*"),
    heading: () => begin(() => "## ", /^## /),
    subheading: () => begin(() => "### ", /^### /),
    list: () => begin(() => "- ", /^[-*] /),
    numbers: () => begin((index) => `${index + 1}. `, /^\d+\. /),
    quote: () => begin(() => "> ", /^> /),
    table: () => {
      const start = block("|  |  |\n|---|---|\n|  |  |\n|  |  |");
      area.setSelectionRange(start + 2, start + 2);
    },
    footnote: () => {
      let number = 1;
      while (area.value.includes(`[^${number}]`)) number++;
      insert(area, area.selectionEnd, area.selectionEnd, `[^${number}]`);
      atEnd(`[^${number}]: `);
    },
    link: async () => {
      const { selectionStart: start, selectionEnd: end } = area;
      const got = await ask("link", (fields) => (fields["link-words"].value = chosen()));
      if (!got) return;
      const address = got["link-lesson"].value || got["link-address"].value.trim();
      const option = got["link-lesson"].selectedOptions[0];
      const words = tidy(got["link-words"].value) || (got["link-lesson"].value ? option.textContent : address);
      insert(area, start, end, `[${words}](${address})`);
    },
    picture: async () => {
      const got = await ask("picture", (fields) => fields["picture-words"] && (fields["picture-words"].value = chosen()));
      if (!got?.["picture-file"]?.value) return;
      const caption = tidy(got["picture-caption"].value).replaceAll('"', "”");
      block(`![${tidy(got["picture-words"].value)}](${got["picture-file"].value}${caption && ` "${caption}"`})`);
    },
    note: async () => {
      const text = chosen();
      const got = await ask("note");
      if (!got) return;
      const title = tidy(got["note-words"].value).replaceAll('"', "”");
      const inside = text ? text.split("\n").map((line) => line && `    ${line}`).join("\n") : "    ";
      const note = `!!! ${got["note-kind"].value}${title && ` "${title}"`}\n${inside}`;
      if (text) insert(area, area.selectionStart, area.selectionEnd, note);
      else block(note);
    },
    term: async () => {
      const got = await ask("term", (fields) => (fields["term-words"].value = tidy(chosen())));
      const term = got && tidy(got["term-words"].value);
      if (!term) return;
      const back = atEnd(`*[${term}]: ${tidy(got["term-meaning"].value)}`);
      if (!chosen() && got["term-meaning"].value) area.setSelectionRange(back, back);
    },
  };

  // Nothing of the page's text belongs between the settings at the top: whoever has not been in the text yet adds to its end.
  const act = (name) => {
    const settings = /^---\n[^]*?\n---\n/.exec(area.value)?.[0].length ?? 0;
    if (area.selectionStart < settings) area.setSelectionRange(area.value.length, area.value.length);
    acts[name]();
  };
  const keys = new Map(tools.filter((tool) => tool.ariaKeyShortcuts ?? tool.getAttribute("aria-keyshortcuts")).map((tool) => [tool.getAttribute("aria-keyshortcuts"), tool.dataset.tool]));
  area.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    // By the place of the key: letters of other scripts stand on the same keys.
    const key = event.code.replace(/^(Key|Digit)/, "");
    const name = keys.get(`Control+${event.altKey ? "Alt+" : ""}${key}`);
    if (!name || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    act(name);
  });
  bar.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    if (!tool) return;
    area.focus({ preventScroll: true });
    act(tool.dataset.tool);
  });
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps its selection

  // One stop for the Tab key; arrows go from tool to tool, the way the page is read.
  let now = 0;
  const stop = (place) => {
    now = (place + tools.length) % tools.length;
    tools.forEach((tool, index) => (tool.tabIndex = index === now ? 0 : -1));
  };
  bar.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const places = { [forward]: now + 1, [forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: now - 1, Home: 0, End: -1 };
    if (!(event.key in places)) return;
    event.preventDefault();
    stop(places[event.key]);
    tools[now].focus();
  });
  stop(0);
  bar.hidden = false;

  // Enter goes on with a list, and ends it on an empty item.
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.isComposing || area.selectionStart !== area.selectionEnd) return;
    const start = lineStart(area.selectionStart);
    const found = /^([ \t]*)(?:([-*]) |(\d+)\. |(> ))(.*)$/.exec(area.value.slice(start, area.selectionStart));
    if (!found) return;
    event.preventDefault();
    const [, space, dash, number, quote, words] = found;
    const mark = dash ? `${dash} ` : quote ?? `${Number(number) + 1}. `;
    if (words.trim()) insert(area, area.selectionStart, area.selectionStart, `\n${space}${mark}`);
    else insert(area, start, area.selectionStart, "");
  });
}
