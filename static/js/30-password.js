// "Show" beside a password; it hides again before the form is sent.
for (const button of document.querySelectorAll("[data-show]")) {
  const input = document.getElementById(button.dataset.show);
  const word = button.textContent;
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
    button.textContent = shown ? button.dataset.hideWord : word;
  };
  input.dataset.secret = ""; // A shown password must not look like an ordinary text to the draft keeper.
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("submit", () => show(false));
}
