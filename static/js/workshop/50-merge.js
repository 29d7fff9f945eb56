// Whoever types words of their own means them to be taken.
for (const area of document.querySelectorAll("form[data-merge] textarea"))
  area.addEventListener("input", () => {
    area.closest("fieldset").querySelector("input[value=own]").checked = true;
  });
