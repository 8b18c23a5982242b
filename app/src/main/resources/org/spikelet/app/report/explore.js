// ---------------------------------------------------------------- the mechanism, by hand

const RATES = [0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3];
const FIRST_DECAYS = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99];
const SECOND_DECAYS = [0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.993, 0.995, 0.997, 0.998, 0.999, 0.9993,
  0.9995, 0.9997, 0.9998, 0.9999];
const START = [0.1, 0.9, 0.999];
const LOWEST_SHOWN = 1e-32;

const KINDS = {
  calm: { sign: "·", words: "calm: no burst" },
  spiking: { sign: "5", words: "spiking: the number of bursts, with calm between them" },
  "never calm": { sign: "~", words: "never calm: the loss stops falling and swings on" },
  underflow: { sign: "0", words: "no burst, but x is too small for a number to hold" },
};

const formatThreshold = (v) => (v < 100 ? String(Number(v.toPrecision(3))) : formatCount(v));

/* A slider over a list of values. */
function slider(id, name, about, values, value, changed) {
  const shown = el("output", { for: id }, String(value));
  const input = el("input", { id, type: "range", min: 0, max: values.length - 1, step: 1,
    value: values.indexOf(value), "aria-valuetext": String(value) });
  const set = (v) => {
    input.value = values.indexOf(v);
    shown.textContent = String(v);
    input.setAttribute("aria-valuetext", String(v));
  };
  const read = () => values[Number(input.value)];
  input.addEventListener("input", () => {
    set(read());
    changed();
  });
  return { node: el("div", { class: "slider" },
    el("label", { for: id }, el("b", null, name), ` ${about} `), shown, input), set, read };
}

/* What a run shows, in a sentence or two. */
function tellRun(run) {
  const { onsets, kind, rate, divisor } = run;
  const limit = formatThreshold(run.threshold);
  const crossing = firstCrossing(run);
  const times = `${formatCount(onsets.length)} ${onsets.length === 1 ? "burst" : "bursts"}`;
  const steps = `in ${formatCount(PARABOLA.steps)} steps`;
  if (kind === "never calm") {
    const loss = 0.5 * run.levels[run.levels.length - 1] ** 2;
    return ["Never calm.", ` v forgets so quickly that the steps stay too long: the loss swings at about ${formatNumber(loss, 2)} and falls no further.`];
  }
  if (kind === "spiking") {
    return [`${times} ${steps}.`, ` η/√v first passed ${limit} at step ${formatCount(crossing)}, and the first burst began ${onsets[0] > crossing ? `at step ${formatCount(onsets[0])}` : "at once"}.`];
  }
  if (kind === "underflow") {
    return [`No burst ${steps}.`, " But the loss is 0 in the end: x is too small for a number to hold, and cannot grow again from there. That is where the arithmetic ends, and no stability."];
  }
  return [`No burst ${steps}.`, ` η/√v has come to ${formatNumber(rate / divisor[divisor.length - 1], 2)}; it takes ${limit}.`];
}

function parabolaPlots(run) {
  const every = (value) => run.levels.map((level, k) => [k * PARABOLA.block, value(level, k * PARABOLA.block)]);
  const bands = run.onsets.length > 60 ? [] : run.onsets.map((onset) => [onset - 20, onset + 60]);
  const limit = run.threshold;
  const plot = (title, colour, points, options) =>
    linePlot(title, [{ name: title, points, colour: `var(--run-${colour})`, width: 1.3 }],
      { log: true, bands, height: 122, ...options });
  return [
    plot("Loss ½x², the largest of each 20 steps", 1,
      every((level) => Math.max(0.5 * level * level, LOWEST_SHOWN)), { low: LOWEST_SHOWN, high: 30 }),
    plot("√v, by which Adam divides its step", 2, every((_, t) => run.divisor[t]), {}),
    plot(`η/√v, the length of its step; too long above (2 + 2β₁)/(1 − β₁) = ${formatThreshold(limit)}`, 3,
      every((_, t) => run.rate / run.divisor[t]),
      { low: limit / 300, high: limit * 6, rules: [{ y: limit }] }),
  ];
}

/* The map of η × β₂ for one β₁: a cell for each pair, filled in row by row. */
function parabolaMap(choose) {
  const [left, top, wide, high] = [46, 6, 26, 21];
  const [width, bottom] = [left + wide * RATES.length + 4, top + high * SECOND_DECAYS.length];
  const chart = svg("svg", { class: "map", viewBox: `0 0 ${width} ${bottom + 36}`, role: "img" });
  const text = (x, y, anchor, content) => {
    const node = svg("text", { x, y, "text-anchor": anchor });
    node.textContent = content;
    chart.append(node);
    return node;
  };
  // The largest β₂ on top, as on an axis.
  const rowTop = (row) => bottom - high * (row + 1);
  const cells = SECOND_DECAYS.map((beta2, row) => {
    text(left - 5, rowTop(row) + 15, "end", String(beta2));
    return RATES.map((rate, column) => {
      const box = svg("rect", { x: left + wide * column, y: rowTop(row), width: wide - 1, height: high - 1 });
      chart.append(box);
      const sign = text(left + wide * (column + 0.5) - 0.5, rowTop(row) + 15, "middle", "");
      for (const node of [box, sign]) node.addEventListener("click", () => choose(rate, beta2));
      return { box, sign };
    });
  });
  RATES.forEach((rate, column) => {
    if (String(rate).endsWith("1")) text(left + wide * (column + 0.5), bottom + 14, "middle", String(rate));
  });
  text(width - 4, bottom + 31, "end", "learning rate η →");
  text(left - 5, bottom + 31, "end", "↑ β₂");
  const here = svg("rect", { class: "here", width: wide + 1, height: high + 1 });
  chart.append(here);

  let filled = null;
  function fill(beta1) {
    filled = beta1;
    let row = SECOND_DECAYS.length - 1;
    const next = () => {
      if (filled !== beta1 || row < 0) return; // β₁ was moved on
      cells[row].forEach(({ box, sign }, column) => {
        const { kind, onsets } = adamOnParabola(RATES[column], beta1, SECOND_DECAYS[row]);
        box.setAttribute("class", kind.replace(" ", "-"));
        sign.textContent = kind === "spiking" ? onsets.length : KINDS[kind].sign;
      });
      row--;
      setTimeout(next);
    };
    next();
  }

  return {
    node: el("figure", { class: "small-plot" },
      el("figcaption", null, "Bursts for every η and β₂, with this β₁"), chart,
      el("ul", { class: "kinds" }, ...Object.entries(KINDS).map(([kind, { sign, words }]) =>
        el("li", null, el("i", { class: kind.replace(" ", "-"), "aria-hidden": "true" }, sign), words)))),
    show(rate, beta1, beta2) {
      if (filled !== beta1) fill(beta1);
      here.setAttribute("x", left + wide * RATES.indexOf(rate) - 1);
      here.setAttribute("y", rowTop(SECOND_DECAYS.indexOf(beta2)) - 1);
      chart.setAttribute("aria-label", `Map of learning rates η from ${RATES[0]} to ${RATES[RATES.length - 1]} and β₂ from ${SECOND_DECAYS[0]} to ${SECOND_DECAYS[SECOND_DECAYS.length - 1]}, for β₁ = ${beta1}: from bottom to top never calm, spiking, calm. The sliders lead to every cell; here η = ${rate}, β₂ = ${beta2}.`);
    },
  };
}

function addExplorer() {
  const told = el("p", { class: "told", role: "status" });
  const plots = el("div", { class: "stack" });
  const sliders = [
    slider("eta", "η", "learning rate", RATES, START[0], show),
    slider("beta1", "β₁", "memory of the gradient", FIRST_DECAYS, START[1], show),
    slider("beta2", "β₂", "memory of its square, v", SECOND_DECAYS, START[2], show),
  ];
  function set(...values) {
    sliders.forEach(({ set: to }, i) => to(values[i]));
    show();
  }
  const map = parabolaMap((rate, beta2) => set(rate, sliders[1].read(), beta2));
  const again = el("button", { type: "button" }, "Reset");
  again.addEventListener("click", () => set(...START));
  function show() {
    const [rate, beta1, beta2] = sliders.map(({ read }) => read());
    const run = adamOnParabola(rate, beta1, beta2);
    const [found, more] = tellRun(run);
    told.replaceChildren(el("b", null, found), more);
    plots.replaceChildren(...parabolaPlots(run));
    map.show(rate, beta1, beta2);
  }

  const summary = document.getElementById("summary");
  summary.before(
    el("section", { id: "by-hand", "aria-labelledby": "by-hand-title" },
      el("h2", { id: "by-hand-title" }, "The mechanism in a minute, by hand"),
      el("div", { class: "explorer" },
        el("div", { class: "prose" },
          el("p", null, "Adam goes down the simplest valley, ½x², from x = 1: no data, no noise. The loss falls, and v slowly forgets the large gradients of the way down. So √v sinks and η/√v grows, until it passes the dashed line. Above it the steps are too long for the valley, and each lands further out than the one before: the loss bursts. The large gradients fill v again, the steps are short, and it begins anew."),
          el("p", null, "Drag β₂ to the right, and v remembers longer: bursts come later, or not within these steps. Drag it to the left, and they crowd, until it is never calm. A smaller η only puts them off. β₁ moves the dashed line.")),
        el("div", null,
          el("div", { class: "sliders", role: "group", "aria-label": "Settings of Adam" },
            ...sliders.map(({ node }) => node)),
          told, plots, again),
        map.node)));
  summary.before(el("h2", { class: "answer" }, "What these runs show"));
  show();
}
