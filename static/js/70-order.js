// Up and down buttons move a row and write the places; without them the place numbers are chosen by hand.
// The order in which the rows were drawn is no answer: nothing has a place before somebody moves or places a row.
const digits = new Intl.NumberFormat(document.documentElement.lang);
for (const list of document.querySelectorAll("[data-order]")) {
  const output = list.insertAdjacentElement("afterend", document.createElement("output"));
  output.className = "hidden-text";
  const rows = () => [...list.children];
  const place = (row) => row.querySelector("select");
  const number = (given) => {
    rows().forEach((row, index, all) => {
      if (given) place(row).value = index + 1;
      const [up, down] = row.querySelectorAll("[data-move]");
      up.disabled = index === 0;
      down.disabled = index === all.length - 1;
    });
  };
  const moveTo = (row, target) => {
    const others = rows().filter((other) => other !== row);
    list.insertBefore(row, others[target] ?? null);
    number(true);
    output.textContent = list.dataset.moved.replace("{n}", digits.format(target + 1));
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };
  if (!list.querySelector("[data-move]")) continue;
  list.append(...rows().sort((one, other) => (place(one).value || 99) - (place(other).value || 99)));
  number();
  for (const buttons of list.querySelectorAll(".order-buttons")) buttons.hidden = false;
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const row = button.closest("li");
    moveTo(row, rows().indexOf(row) + Number(button.dataset.move));
    (button.disabled ? row.querySelector("[data-move]:enabled") : button).focus();
  });
  list.addEventListener("change", (event) => {
    if (!event.target.matches("select")) return;
    if (!event.target.value) {
      for (const row of rows()) place(row).value = "";
      return;
    }
    moveTo(event.target.closest("li"), event.target.value - 1);
    event.target.focus();
  });
}
