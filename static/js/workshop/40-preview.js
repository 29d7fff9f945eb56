// The page beside the text, as learners will see it: drawn anew after each save, where there is room for it.
const box = document.querySelector("[data-preview]");
const wide = matchMedia("(min-width: 80rem)");
if (box) {
  const place = box.querySelector(".editor-frame");
  const form = document.querySelector("form[data-editor]");
  let theme = "light";
  let frame = null;
  const address = () => `${box.dataset.preview}?framed=yes&theme=${theme}`;
  const show = () => {
    box.hidden = !wide.matches;
    if (!wide.matches || frame) return;
    frame = document.createElement("iframe");
    frame.title = place.dataset.title;
    frame.src = address();
    place.append(frame);
    new ResizeObserver(fit).observe(place);
  };
  // A wide screen is shown whole, only smaller.
  const fit = () => {
    const scale = place.dataset.width === "wide" ? Math.min(1, place.clientWidth / 1280) : 1;
    frame.style.scale = scale;
    frame.style.blockSize = `${place.clientHeight / scale}px`;
  };
  const press = (name, button) => {
    for (const each of box.querySelectorAll(`[${name}]`)) each.setAttribute("aria-pressed", each === button);
  };
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("width" in button.dataset) {
      press("data-width", button);
      place.dataset.width = button.dataset.width;
      fit();
    } else {
      press("data-theme-of", button);
      theme = button.dataset.themeOf;
      const here = new URL(frame.contentWindow.location);
      here.searchParams.set("theme", theme);
      frame.contentWindow.location.replace(here);
    }
  });
  // Reloading keeps the place to which one had scrolled, and the view and the language one had chosen.
  form.addEventListener("kept", () => frame?.contentWindow.location.reload());
  wide.addEventListener("change", show);
  show();
}
