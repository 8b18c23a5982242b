// ---------------------------------------------------------------- small line plots

/* A small chart as SVG, for what needs no zoom. Each line: { name, points: [[x, y], …], colour, dash, width }.
   A y of null is a gap. Options: log, rules: [{ y, name }], bands: [[from, to], …], xName, low, high, height. */
function linePlot(title, lines, options = {}) {
  const WIDTH = 440;
  const HEIGHT = options.height || 200;
  const LEFT = 52;
  const TOP = 8;
  const BOTTOM = 30;
  const right = WIDTH - 10;
  const bottom = HEIGHT - BOTTOM;
  const usable = (y) => isNumber(y) && (!options.log || y > 0);
  const all = lines.flatMap((line) => line.points).filter(([, y]) => usable(y));
  const ys = all.map(([, y]) => y).concat(list(options.rules).map((rule) => rule.y).filter(usable));
  const figure = el("figure", { class: "small-plot" }, el("figcaption", null, ...explained(title)));
  if (!all.length) {
    figure.append(el("p", { class: "empty" }, "Nothing was measured here."));
    return figure;
  }
  const xs = lines.flatMap((line) => line.points.map(([x]) => x));
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const [y0, y1] = isNumber(options.low) ? [options.low, options.high]
    : lossRange(Math.min(...ys), Math.max(...ys), Boolean(options.log));
  const scale = options.log ? Math.log : (v) => v;
  const X = (x) => LEFT + (right - LEFT) * (x1 > x0 ? (x - x0) / (x1 - x0) : 0.5);
  const Y = (y) => TOP + (bottom - TOP) * (1 - (scale(y) - scale(y0)) / (scale(y1) - scale(y0)));
  const chart = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title });
  const text = (x, y, anchor, content) => {
    const node = svg("text", { x, y, "text-anchor": anchor });
    node.textContent = content;
    chart.append(node);
  };
  for (const [from, to] of list(options.bands)) {
    chart.append(svg("rect", { class: "band", x: X(from), y: TOP,
      width: Math.max(1.5, X(Math.min(to, x1)) - X(from)), height: bottom - TOP }));
  }
  for (const tick of options.log ? logTicks(y0, y1, bottom - TOP) : linearTicks(y0, y1, 4)) {
    chart.append(svg("path", { class: "grid", d: `M${LEFT} ${Y(tick)}H${right}` }));
    text(LEFT - 6, Y(tick) + 4, "end", formatTick(tick));
  }
  for (const tick of linearTicks(x0, x1, 4).filter(Number.isInteger)) {
    text(Math.min(X(tick), right - 12), bottom + 15, "middle", formatCount(tick));
  }
  text(right, HEIGHT - 2, "end", options.xName || "iteration");
  for (const rule of list(options.rules)) {
    if (!usable(rule.y)) continue;
    chart.append(svg("path", { class: "rule", d: `M${LEFT} ${Y(rule.y)}H${right}` }));
    if (rule.name) text(right - 2, Y(rule.y) - 4, "end", rule.name);
  }
  for (const line of lines) {
    let pen = "M";
    let path = "";
    for (const [x, y] of line.points) {
      if (!usable(y)) {
        pen = "M";
        continue;
      }
      path += `${pen}${X(x).toFixed(1)} ${Y(clamp(y, y0, y1)).toFixed(1)}`;
      pen = "L";
    }
    chart.append(svg("path", { class: "line", d: path || "M0 0", style: `stroke:${line.colour}`,
      "stroke-width": line.width || 1.4, "stroke-dasharray": line.dash || "none" }));
  }
  figure.append(chart);
  if (lines.length > 1) {
    figure.append(el("p", { class: "keys" }, ...lines.map((line) => {
      const key = svg("svg", { class: "swatch", viewBox: "0 0 26 12", "aria-hidden": "true" });
      key.append(svg("path", { d: "M0 6H26", style: `stroke:${line.colour}`,
        "stroke-width": line.width || 1.75, "stroke-dasharray": line.dash || "none" }));
      return el("span", null, key, line.name);
    })));
  }
  return figure;
}

function linearTicks(min, max, most) {
  if (!(max > min)) return [min];
  const step = niceStep((max - min) / most);
  const ticks = [];
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max * (1 + 1e-12); i++) ticks.push(i * step);
  return ticks.map((v) => Number(v.toPrecision(12)));
}

/* Where an effect lies between -1 and 1, with its interval. */
function effectBar(effect, low, high) {
  const X = (v) => 60 + 56 * clamp(v, -1, 1);
  const bar = svg("svg", { class: "effect", viewBox: "0 0 120 16", "aria-hidden": "true" });
  bar.append(
    svg("path", { class: "grid", d: "M4 8H116" }),
    svg("path", { class: "zero", d: "M60 2V14" }));
  if (isNumber(low) && isNumber(high)) {
    bar.append(svg("path", { class: "interval", d: `M${X(low)} 8H${Math.max(X(high), X(low) + 0.5)}` }));
  }
  if (isNumber(effect)) bar.append(svg("circle", { cx: X(effect), cy: 8, r: 4 }));
  return bar;
}

/* A table whose rows become blocks on a phone. Rows: arrays of cells, the first is the row's head. */
function dataTable(label, heads, rows) {
  return el("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": `Table: ${label}` },
    el("table", { role: "table", "aria-label": label },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" },
        ...heads.map((head) => el(head ? "th" : "td", head ? { scope: "col", role: "columnheader" } : { role: "cell" }, ...explained(head))))),
      el("tbody", { role: "rowgroup" }, ...rows.map(([head, ...cells]) =>
        el("tr", { role: "row" },
          el("th", { scope: "row", role: "rowheader" }, head),
          ...cells.map((cell, i) =>
            el("td", { role: "cell", "data-label": heads[i + 1] }, cell)))))));
}

const signed = (v) => (isNumber(v) ? v.toFixed(2).replace("-", "−").replace("−0.00", "0.00") : "–");
const interval = (low, high) => `[${signed(low)}, ${signed(high)}]`;
