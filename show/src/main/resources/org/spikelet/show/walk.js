// ---------------------------------------------------------------- state

const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, events } = data;
const operations = nodes.filter((node) => node.kind === "operation");
const folded = folds(nodes);
const closed = new Set(nodes.length > FOLD_ABOVE ? folded.keys() : []);
const computedAt = new Map(events.map((event, i) => [event, i])
  .filter(([event]) => event.type === "computed").map(([event, i]) => [event.node, i]));

let at = 0;
let pinned = null;
let drawing = null;

const box = document.getElementById("graph");
const detail = document.getElementById("detail");
const controls = document.getElementById("controls");

// ---------------------------------------------------------------- words

function summary() {
  const parts = [plural(operations.length, "operation")];
  if (data.leftOut > 0) parts[0] += ` (and ${counts.format(data.leftOut)} more, which are not kept)`;
  const parameters = nodes.filter((node) => node.kind === "parameter");
  if (parameters.length) parts.push(plural(parameters.length, "parameter"));
  const rules = events.filter((event) => event.type === "added").length;
  parts.push(data.walks === 0 ? "not walked back"
    : `${data.walks === 1 ? "walked back once" : `walked back ${data.walks} times`}, by ${plural(rules, "rule")}`);
  const words = [parts.join("; ") + ". "];
  const bad = nodes.find((node) => node.values.notFinite > 0);
  if (bad) words.push(el("b", null, `NaN or ±∞ first in ${titleOf(bad)}. `));
  const badBack = events.find((event) => event.derivative && event.derivative.notFinite > 0);
  if (!bad && badBack) words.push(el("b", null, `NaN or ±∞ on the way back, first at ${nodes[badBack.node].label}. `));
  const dead = operations.filter((node) => node.units && node.units[2] > 0);
  if (dead.length) {
    const named = dead.slice(0, 3).map((node) => `${node.units[2]} of ${node.units[1]} in ${node.label}`);
    const more = dead.length > 3 ? `, and in ${dead.length - 3} more` : "";
    words.push(el("b", null, `Dead ReLU units: ${named.join(", ")}${more}. `));
  }
  if (nodes.some((node) => node.walk > 0)) words.push("Dashed: recorded on the way back. ");
  words.push(el("span", { class: "keys" }, "Arrow keys step, Home and End jump, Escape closes what was clicked."));
  return words;
}

const call = (node) => `${node.name}(${node.operands.map(([, text]) => text).join(", ")})`;

function nowWords(event) {
  const node = nodes[event.node];
  if (event.type === "computed") {
    const how = node.walk > 0 ? "Recorded on the way back: " : "Forward: ";
    return [el("i", null, how), `${node.label} = ${call(node)}`];
  }
  if (event.type === "start") {
    return [el("i", null, `Walk ${event.walk} back begins: `), `d${node.label} = ${shapeAndValue(event.derivative)}`];
  }
  const to = nodes[event.to].label;
  const what = event.count === 1 ? `d${to} = ` : `d${to} += `;
  return [el("i", null, "Back: "), `${what}rule of ${call(node)}, applied to d${node.label}`];
}

// ---------------------------------------------------------------- drawing

function layout() {
  drawing = drawGraph(box, data, closed, folded);
  for (const [id, { group }] of drawing.elements) {
    group.addEventListener("click", () => (typeof id === "string" ? toggle(id) : pin(id)));
  }
}

function toggle(key) {
  if (!closed.delete(key)) closed.add(key);
  layout();
  list();
  show();
}

function pin(place) {
  pinned = place;
  show();
}

/* Which nodes have an adjoint in the current walk, up to now. */
function reached() {
  const found = new Set();
  for (let i = 0; i <= at; i++) {
    if (events[i].type === "start") found.clear();
    if (events[i].type === "start") found.add(events[i].node);
    if (events[i].type === "added") found.add(events[i].to);
  }
  return found;
}

function classify(event) {
  const { drawn, elements, edges } = drawing;
  const back = event.type !== "computed";
  const has = new Set([...(back || nodes[event.node].walk > 0 ? reached() : [])].map((place) => drawn[place]));
  const later = new Set(elements.keys());
  nodes.forEach((node, place) => {
    const known = node.kind !== "operation"
      ? nodes.some((user, p) => computedAt.get(p) <= at && user.operands.some(([input]) => input === place))
      : computedAt.get(place) <= at;
    if (known) later.delete(drawn[place]);
  });
  const current = drawn[event.node];
  const gets = event.type === "added" ? drawn[event.to] : null;
  for (const [id, { group }] of elements) {
    group.classList.toggle("later", later.has(id));
    group.classList.toggle("reached", has.has(id));
    group.classList.toggle("now", id === current);
    group.classList.toggle("gets", gets != null && id === gets);
    group.classList.toggle("pinned", pinned != null && id === drawn[pinned]);
    group.querySelector(".badge")?.remove();
  }
  for (const { from, to, path } of edges) {
    const gives = gets != null && from === gets && to === current;
    const uses = !back && to === current;
    path.classList.toggle("gives", gives);
    path.classList.toggle("uses", uses);
    path.classList.toggle("later", later.has(to));
    path.setAttribute(gives ? "marker-start" : "marker-end", `url(#arrow${gives ? "-gives" : uses ? "-uses" : ""})`);
    path.removeAttribute(gives ? "marker-end" : "marker-start");
    if (gives || uses) path.parentNode.insertBefore(path, path.parentNode.querySelector(".node"));
  }
  if (gets != null && elements.has(gets)) badge(elements.get(gets), event.count);
  const target = elements.get(gets ?? current);
  if (target) scrollTo(target.at);
}

/* How many derivatives were added here. */
function badge({ group, at: place }, count) {
  const mark = svg("g", { class: "badge", transform: `translate(${place.width - 2} 2)` });
  const text = svg("text", { y: 4 });
  text.textContent = count === 1 ? "=" : "+";
  mark.append(svg("circle", { r: 9 }), text);
  group.append(mark);
}

function scrollTo(place) {
  const margin = 70;
  const seen = (from, size, centre) => centre - margin >= from && centre + margin <= from + size;
  if (!seen(box.scrollTop, box.clientHeight, place.y)) box.scrollTop = place.y - box.clientHeight / 2;
  if (!seen(box.scrollLeft, box.clientWidth, place.x)) box.scrollLeft = place.x - box.clientWidth / 2;
}

function detailOf(event) {
  const node = nodes[pinned ?? event.node];
  const title = el("h2", { id: "detail-title" }, titleOf(node));
  const parts = [];
  if (pinned != null) {
    const close = el("button", { class: "close", type: "button" }, "Close");
    close.addEventListener("click", unpin);
    parts.push(close);
  }
  parts.push(title, ...nodeBlock(data, node));
  if (pinned == null && event.type === "added") {
    const to = nodes[event.to].label;
    parts.push(...valuesBlock(`d${node.label}, the gradient that came`, event.gradient, true),
      ...valuesBlock(`What the rule gives to d${to}`, event.derivative, true));
    if (event.sum) parts.push(...valuesBlock(`d${to} now, the sum of ${event.count}`, event.sum, true));
    if (event.ran.length) parts.push(el("p", { class: "muted" }, `The rule computed: ${event.ran.join(", ")}.`));
  } else if (pinned == null && event.type === "start") {
    parts.push(...valuesBlock(`d${node.label}, with which it begins`, event.derivative, true));
  } else {
    parts.push(...valuesBlock("Its values", node.values, false));
  }
  parts.push(...sourceBlock(data, node));
  detail.replaceChildren(...parts);
}

function unpin() {
  pinned = null;
  show();
}

// ---------------------------------------------------------------- the list

function list() {
  const open = el("button", { type: "button" }, closed.size ? "Unfold all layers" : "Fold all layers");
  open.addEventListener("click", () => {
    if (closed.size) closed.clear();
    else for (const key of folded.keys()) closed.add(key);
    layout();
    list();
    show();
  });
  const body = el("tbody");
  let fold = null;
  for (const node of operations) {
    const place = nodes.indexOf(node);
    const key = foldOf(node);
    const inFold = key && folded.has(key) ? key : null;
    if (inFold && inFold !== fold) body.append(foldRow(inFold));
    fold = inFold;
    if (!(inFold && closed.has(inFold))) body.append(nodeRow(node, place, inFold));
  }
  const head = el("tr", null, ...["", "layer", "operation", "shape", "values", "line"].map((name) =>
    name ? el("th", { scope: "col" }, name) : el("td")));
  document.getElementById("list").replaceChildren(
    el("div", { class: "bar" }, el("h2", { id: "list-title" }, "In the order of the tape"), folded.size ? open : null),
    el("table", null, el("thead", null, head), body));
}

function foldRow(key) {
  const button = el("button", { type: "button", "aria-expanded": String(!closed.has(key)) },
    `${closed.has(key) ? "▸" : "▾"} ${foldTitle(key)}`);
  button.addEventListener("click", () => {
    toggle(key);
    document.querySelector(`[data-fold="${CSS.escape(key)}"] button`)?.focus();
  });
  return el("tr", { class: "fold-row", "data-fold": key }, el("th", { colspan: 6, scope: "rowgroup" }, button));
}

function nodeRow(node, place, inFold) {
  const button = el("button", { type: "button" }, node.label);
  button.addEventListener("click", () => {
    at = computedAt.get(place);
    pinned = null;
    show();
  });
  const flags = [];
  if (node.values.notFinite > 0) flags.push(el("span", { class: "bad-words" }, " NaN or ±∞"));
  if (node.units && node.units[2] > 0) flags.push(el("span", { class: "flag-words" }, ` ${node.units[2]} dead`));
  return el("tr", { "data-place": place, class: inFold && "in-fold" },
    el("td", null, button),
    el("td", { class: "layer" }, node.layer),
    el("td", { class: "mono" }, call(node)),
    el("td", null, shape(node.values)),
    el("td", null, range(node.values), ...flags),
    el("td", null, node.line == null ? "" : data.lines[node.line].words));
}

// ---------------------------------------------------------------- controls

const slider = el("input", { type: "range", min: 0, max: Math.max(0, events.length - 1), value: 0, "aria-label": "Step" });
const output = el("output");
const now = el("p", { id: "now" });
const buttons = [["⇤", "First step", () => go(0)], ["←", "One step back", () => go(at - 1)],
  ["→", "One step forward", () => go(at + 1)], ["⇥", "Last step", () => go(events.length - 1)]]
  .map(([sign, name, action]) => {
    const button = el("button", { type: "button", "aria-label": name, title: name }, sign);
    button.addEventListener("click", action);
    return button;
  });
const turn = el("button", { type: "button" }, "Walk back");
turn.addEventListener("click", () => go(events.findIndex((event) => event.type === "start")));

function go(step) {
  at = Math.min(Math.max(step, 0), events.length - 1);
  pinned = null;
  show();
}

function show() {
  const event = events[at];
  const back = event.type !== "computed";
  document.body.classList.toggle("back", back);
  controls.classList.toggle("back", back);
  slider.value = at;
  const words = nowWords(event);
  now.replaceChildren(...words);
  slider.setAttribute("aria-valuetext", now.textContent);
  output.textContent = `${at + 1} of ${events.length}`;
  buttons[0].disabled = buttons[1].disabled = at === 0;
  buttons[2].disabled = buttons[3].disabled = at === events.length - 1;
  classify(event);
  detailOf(event);
  for (const row of document.querySelectorAll("#list [data-place]")) {
    const place = Number(row.dataset.place);
    row.classList.toggle("now", place === event.node);
    row.classList.toggle("later", computedAt.get(place) > at);
  }
}

slider.addEventListener("input", () => go(Number(slider.value)));
addEventListener("keydown", (e) => {
  if (e.altKey || e.ctrlKey || e.metaKey) return;
  if (e.key === "Escape" && pinned != null) return unpin();
  // The slider and a region that scrolls have these keys themselves.
  if (e.target === slider || e.target.closest?.("[tabindex]:not(#graph)")) return;
  const keys = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: events.length - 1 };
  if (e.target !== box && (e.key === "ArrowDown" || e.key === "ArrowUp")) return;
  if (e.key in keys) {
    e.preventDefault();
    go(keys[e.key]);
  }
});

controls.append(el("div", { class: "buttons" }, ...buttons, data.walks ? turn : null), slider, output, now);
document.getElementById("summary").replaceChildren(...summary());
if (events.length) {
  layout();
  list();
  show();
}
