// Says how many characters are left, or how many words there are, after a pause in typing.
const digits = new Intl.NumberFormat(document.documentElement.lang);
for (const output of document.querySelectorAll("[data-count]")) {
  const { count, most, left, over } = output.dataset;
  const input = document.getElementById(output.htmlFor.value);
  let timer;
  const say = () => {
    const text = input.value.trim();
    const words = text ? text.split(/\s+/).length : 0;
    const rest = most - [...input.value].length;
    const tooLong = count === "characters" && rest < 0;
    output.dataset.state = tooLong ? "over" : "";
    output.textContent = (tooLong ? over : left).replace("{n}", digits.format(count === "words" ? words : Math.abs(rest)));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(say, 400);
  });
  if (input.value) say();
}
