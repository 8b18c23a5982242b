// ---------------------------------------------------------------- words explained where they stand

const TERMS = {
  "nats": "Natural logarithms: 0.69 nats are twice as high, 2.3 nats ten times.",
  "η · λ": "The learning rate times the steepest curvature, as the optimizer scales it. Above a threshold (38 for Adam, 2 for plain descent) a step lands further out than it began.",
  "η/P": "The learning rate over what the optimizer divides a gradient by: the step for a gradient of 1.",
  "RMSₜ": "The gradient's size over the size that the optimizer remembers. Far above 1, the step is longer than it would have been planned.",
  "placebo": "A replay with a change that should not matter, and is as large. An effect is what the change does beyond it.",
  "Hindsight": "The loss that the rows of the peak's batch already had 20 steps before the spike began, as a share of their loss at the peak. Near 1 the rows were always that bad; near 0 the weights went astray.",
  "Cosine": "Whether an update goes the way of the one before (1), across it (0), or back (−1).",
  "Effect": "The share of the spike's height that the change takes away, beyond its placebo: 1 is all of it, below 0 it grew.",
  "probe": "A fixed set of rows. Its loss changes only when the weights do.",
};

/* The text as nodes, the first of the terms in it explained on hover, focus or tap. */
function explained(text) {
  const words = String(text);
  const found = Object.keys(TERMS)
    .map((term) => ({ term, at: words.toLowerCase().search(new RegExp(`(^|[^\\p{L}])${term.toLowerCase()}($|[^\\p{L}])`, "u")) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0];
  if (!found) return [words];
  const from = words.toLowerCase().indexOf(found.term.toLowerCase(), found.at);
  const to = from + found.term.length;
  return [words.slice(0, from), termButton(words.slice(from, to), TERMS[found.term]), words.slice(to)];
}

let terms = 0;

function termButton(word, meaning) {
  const id = `term-${++terms}`;
  const tip = el("span", { class: "tip", role: "tooltip", id }, meaning);
  const button = el("button", { type: "button", class: "term", "aria-describedby": id }, word);
  const box = el("span", { class: "explained" }, button, tip);
  const place = () => {
    box.classList.add("shown");
    tip.style.left = "0";
    const over = tip.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    tip.style.left = `${-Math.max(0, over)}px`;
  };
  const hide = () => box.classList.remove("shown");
  button.addEventListener("mouseenter", place);
  button.addEventListener("focus", place);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    place();
  });
  button.addEventListener("mouseleave", () => document.activeElement === button || hide());
  button.addEventListener("blur", hide);
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.classList.contains("shown")) return;
    event.stopPropagation();
    hide();
  });
  return box;
}
