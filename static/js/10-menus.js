// Menus close on a press elsewhere and on Escape; folds open where there is room for them.
const menus = () => document.querySelectorAll("details[data-menu][open]");
addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
if (matchMedia("(min-width: 64rem)").matches)
  for (const fold of document.querySelectorAll("[data-wide-open]")) fold.open = true;
// The contents beside a text begin at the lesson at hand.
const here = document.querySelector(".outline [aria-current]");
if (here) {
  const contents = here.closest(".outline");
  contents.scrollTop = here.offsetTop - contents.clientHeight / 2;
}
document.querySelector("[data-focus]")?.focus();
