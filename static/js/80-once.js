// A form is sent once: a second press while the first is under way does nothing.
const busy = (form, state) => {
  form.toggleAttribute("data-sent", state);
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", state);
};
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.hasAttribute("data-sent")) event.preventDefault();
  else busy(form, true);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => busy(form, false)));
