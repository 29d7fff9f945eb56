// Keeps the words of a form on this phone until the server has taken them; never secrets, never files.
const PREFIX = "draft:";
const SENT = "sent:";
const store = (action) => {
  try {
    return action(localStorage);
  } catch {
    return null; // Private windows and full phones have no store; the form still works.
  }
};
const isSecret = (input) => "secret" in input.dataset || ["off", "one-time-code"].includes(input.autocomplete);
const kept = (input) => input.name && !["password", "hidden", "file"].includes(input.type) && !isSecret(input);
const isChoice = (input) => ["checkbox", "radio"].includes(input.type);
const untouched = (input) =>
  input.options
    ? ![...input.options].some((option) => option.selected !== option.defaultSelected)
    : input.value === input.defaultValue;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = PREFIX + form.dataset.draft;
  const inputs = () => [...form.elements].filter(kept);
  const refused = document.querySelector(".error-summary");
  if (store((box) => box[SENT + key]) && !refused) store((box) => box.removeItem(key));
  store((box) => box.removeItem(SENT + key));

  const draft = new Map(JSON.parse(store((box) => box[key]) ?? "[]"));
  let restored = false;
  for (const input of refused ? [] : inputs()) {
    const words = draft.get(isChoice(input) ? `${input.name}=${input.value}` : input.name);
    if (words === undefined || !untouched(input)) continue;
    if (isChoice(input)) input.checked = words;
    else if (input.value !== words) {
      input.value = words;
      restored = true;
    }
  }
  const output = form.querySelector(".form-state");
  if (restored && output) output.textContent = output.dataset.restored;

  let timer;
  const save = () => {
    const pairs = inputs().map((input) => (isChoice(input) ? [`${input.name}=${input.value}`, input.checked] : [input.name, input.value]));
    store((box) => (box[key] = JSON.stringify(pairs)));
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save();
    store((box) => (box[SENT + key] = "1"));
  });
}

// Signing out or erasing the account leaves nothing of this person on a shared phone.
for (const form of document.querySelectorAll("form:is([action$='/sign-out'], [action$='/erase'])"))
  form.addEventListener("submit", () => {
    store((box) => box.clear());
    if (window.caches) caches.keys().then((names) => names.forEach((name) => caches.delete(name)));
  });
