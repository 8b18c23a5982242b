// ---------------------------------------------------------------- what a tensor held

function valuesBlock(title, values, back) {
  const parts = [el("h3", null, title)];
  const facts = el("dl", { class: "facts" });
  const fact = (name, ...words) => facts.append(el("dt", null, name), el("dd", null, ...words));
  fact("shape", shape(values));
  if (values.size !== 1) fact("range", range(values));
  if (values.zeros > 0 && values.size > 1) {
    fact("zeros", `${counts.format(values.zeros)} of ${counts.format(values.size)}`);
  }
  if (values.notFinite > 0 && values.size > 1) {
    fact("not finite", el("span", { class: "bad-words" },
      `NaN or ±∞ in ${counts.format(values.notFinite)} of ${plural(values.size, "element")}`));
  }
  parts.push(facts);
  if (values.size > 0) parts.push(valueTable(values));
  if (values.histogram) parts.push(histogram(values, back));
  return parts;
}

function valueTable(values) {
  const whole = values.first.length === values.size;
  // A column is written as a row.
  const columns = whole ? (values.columns > 1 ? values.columns : Math.min(values.size, 8)) : values.first.length;
  const table = el("table", { class: "grid" });
  for (let i = 0; i < values.first.length; i += columns) {
    const row = el("tr");
    for (const v of values.first.slice(i, i + columns)) {
      row.append(el("td", { class: typeof v === "number" ? (v === 0 ? "zero" : null) : "nan" }, number(v)));
    }
    if (!whole) row.append(el("td", null, "…"));
    table.append(el("tbody", null, row));
  }
  return el("div", { class: "scroll", tabindex: columns > 4 ? 0 : null, role: columns > 4 ? "group" : null,
    "aria-label": columns > 4 ? "Elements" : null }, table);
}

function histogram(values, back) {
  const most = Math.max(...values.histogram);
  const bars = svg("svg", { class: back ? "histogram of-back" : "histogram", viewBox: "0 0 160 50", preserveAspectRatio: "none",
    role: "img", "aria-label": `Histogram from ${number(values.least)} to ${number(values.greatest)}` });
  values.histogram.forEach((count, i) => {
    const height = count === 0 ? 0 : Math.max(1, (46 * count) / most);
    bars.append(svg("rect", { x: 10 * i + .5, y: 49 - height, width: 9, height }));
  });
  bars.append(svg("line", { x1: 0, x2: 160, y1: 49.5, y2: 49.5 }));
  return el("div", null, bars,
    el("div", { class: "ends" }, el("span", null, number(values.least)), el("span", null, number(values.greatest))));
}

// ---------------------------------------------------------------- a node

function operandWords(data, node) {
  return node.operands.map(([place, text]) => {
    if (place < 0) return text;
    const input = data.nodes[place];
    return `${text} (${shapeAndValue(input.values)})`;
  }).join(", ");
}

const KINDS = {
  parameter: "A parameter, which the optimizer changes.",
  watched: "A watched leaf: gradients are computed for it.",
  constant: "A constant; no gradient flows to it.",
};

function ruleWords(data, node) {
  const words = data.rules[node.name];
  return words
    ? el("p", { class: "rule" }, words)
    : el("p", { class: "muted" }, "An operation of your own; its rule stands where you enter it.");
}

function nodeBlock(data, node) {
  const parts = [];
  if (node.kind === "operation") {
    parts.push(ruleWords(data, node));
    const facts = el("dl", { class: "facts" });
    if (node.layer) facts.append(el("dt", null, "layer"), el("dd", null, node.layer));
    facts.append(el("dt", null, "inputs"), el("dd", null, operandWords(data, node)));
    if (node.walk > 0) {
      const of = node.of < 0 ? "the walk back" : `the derivative of ${data.nodes[node.of].label} (${data.nodes[node.of].name})`;
      facts.append(el("dt", null, "part of"), el("dd", null, `${of}, recorded in walk ${node.walk}`));
    }
    parts.push(facts);
  } else {
    parts.push(el("p", { class: "rule" }, KINDS[node.kind]));
  }
  if (bornBad(data, node)) {
    parts.push(el("p", { class: "bad-words" }, "From finite inputs it made NaN or ±∞."));
  }
  if (node.units && node.units[2] > 0) {
    const [rows, all, dead] = node.units;
    parts.push(el("p", { class: "flag-words" },
      `${dead === all ? "All" : counts.format(dead) + " of"} ${plural(all, "unit")} ${dead === 1 ? "is" : "are"} dead here: 0 in all ${counts.format(rows)} rows, so nothing flows back through ${dead === 1 ? "it" : "them"}.`));
  }
  return parts;
}

function bornBad(data, node) {
  return node.kind === "operation" && node.values.notFinite > 0
    && node.operands.every(([place]) => place < 0 || data.nodes[place].values.notFinite === 0);
}

function sourceBlock(data, node) {
  if (node.line == null) return [];
  const source = data.lines[node.line];
  const parts = [el("h3", null, node.of >= 0 ? "The line whose derivative it is: " : "Your line: ", source.words)];
  if (source.text.length) {
    const indent = Math.min(...source.text.filter((t) => t.trim()).map((t) => t.length - t.trimStart().length));
    parts.push(el("div", { class: "code", tabindex: 0, role: "group", "aria-label": source.words }, ...source.text.map((text, i) =>
      el("span", { class: source.first + i === source.line ? "here" : null },
        `${String(source.first + i).padStart(4)}  ${text.slice(indent)}`))));
  }
  return parts;
}
