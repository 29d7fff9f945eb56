// Puts a kept comment into the field without a round trip; without this the button does it by the server.
for (const button of document.querySelectorAll("button[value='insert']")) {
  const { saved, comment } = button.form;
  button.addEventListener("click", (event) => {
    const words = saved.selectedOptions[0]?.dataset.words;
    if (!words) return;
    event.preventDefault();
    comment.value = [comment.value, words].filter(Boolean).join("\n\n");
    saved.value = "";
    comment.dispatchEvent(new Event("input", { bubbles: true }));
    comment.focus();
  });
}
