// ---------------------------------------------------------------- table

function createTable(section, runs) {
  const largest = (run, key) => {
    const values = run.spikes.map((spike) => spike[key]).filter(isNumber);
    return values.length ? Math.max(...values) : null;
  };
  const columns = [
    ["Spikes", (run) => formatCount(run.spikes.length)],
    ["Visible", (run) => formatCount(run.spikes.filter((spike) => spike.visible !== false).length)],
    ["Largest, nats", (run) => formatNats(largest(run, "height"))],
    ["× median", (run) => formatShort(largest(run, "timesMedian"))],
    ["Final loss", (run) => (run.finalLoss === null ? "not finite" : formatNumber(run.finalLoss, 3))],
    ["Seconds", (run) => formatSeconds(run.seconds)],
  ].filter(([label]) => label !== "Seconds" || runs.some((run) => isNumber(run.seconds)));

  // The phone layout changes "display", which would take the table roles away.
  return el("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": `Table: ${section.title || "runs"}` },
    el("table", { role: "table", "aria-label": `Summary: ${section.title || "runs"}` },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" },
        ...["Run", ...columns.map(([label]) => label)].map((label) =>
          el("th", { scope: "col", role: "columnheader" }, label)))),
      el("tbody", { role: "rowgroup" }, ...runs.map((run, i) =>
        el("tr", { role: "row" },
          el("th", { scope: "row", role: "rowheader" }, swatch(i), el("b", null, run.name),
            run.settings ? el("small", null, run.settings) : null),
          ...columns.map(([label, value]) =>
            el("td", { role: "cell", "data-label": label }, value(run))))))));
}

// ---------------------------------------------------------------- what is folded

function createFold(fold) {
  const [header, ...rows] = list(fold.table).map((row) => list(row.cells));
  return el("details", { class: "fold" },
    el("summary", null, fold.title),
    el("div", { class: "prose" }, ...list(fold.texts).map((text) => el("p", null, text))),
    header ? dataTable(fold.title, header, rows.map(([first, ...rest]) => [first,
      ...rest.map((text, k) => (k === rest.length - 1 ? el("span", { class: "says" }, text) : text))])) : null);
}

// ---------------------------------------------------------------- page

function addSection(section, number) {
  const runs = list(section.runs).map((run, i) => ({
    ...run,
    name: String(run.name || `Run ${i + 1}`),
    losses: list(run.losses),
    spikes: list(run.spikes),
  }));
  const id = section.id || `section-${number + 1}`;
  const node = el("section", { id, "aria-labelledby": `${id}-title` },
    el("h2", { id: `${id}-title` }, section.title || `Section ${number + 1}`),
    el("div", { class: "prose" }, ...paragraphs(section.text)));
  document.getElementById("sections").append(node);
  if (runs.some((run) => run.losses.length > 0)) {
    const chart = createChart(section, runs, charts.length === 0);
    node.append(chart.figure);
    charts.push(chart);
    chart.start();
  } else {
    node.append(el("p", { class: "empty" }, "No losses were recorded."));
  }
  const folds = list(section.folds);
  if (folds.length) node.append(el("div", { class: "folds" }, ...folds.map(createFold)));
  if (runs.length) node.append(createTable(section, runs));
}

function addColophon(data) {
  const footer = document.getElementById("colophon");
  const notes = list(data.notes).filter(Boolean);
  if (notes.length) {
    footer.append(el("div", null, el("h2", null, "How to read the numbers"),
      ...notes.map((note) => el("p", null, note))));
  }
  if (data.command || data.environment) {
    footer.append(el("div", null, el("h2", null, "Run it again"),
      data.command ? el("p", null, el("code", null, data.command)) : null,
      data.environment ? el("p", null, data.environment) : null));
  }
}

function setPrinting(now) {
  if (now === printing) return;
  printing = now;
  document.documentElement.classList.toggle("printing", now);
  for (const chart of charts) chart.build();
  for (const details of document.querySelectorAll("details")) details.open = now;
}

let data;
try {
  data = JSON.parse(document.getElementById("data").textContent);
} catch {
  document.getElementById("summary").append(el("p", null, "The data of this report could not be read."));
  return;
}

const summary = document.getElementById("summary");
if (data.banner) summary.before(el("p", { class: "banner", role: "note" }, data.banner));
if (data.headline) summary.before(el("p", { class: "headline" }, data.headline));
summary.append(...paragraphs(data.summary));
if (data.explorable) addExplorer();
if (data.opinion) addOpinion(data.opinion);
list(data.sections).forEach(addSection);
list(data.groups).forEach(addClaims);
addColophon(data);

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const chart of charts) chart.build();
});
matchMedia("print").addEventListener("change", (event) => setPrinting(event.matches));
addEventListener("beforeprint", () => setPrinting(true));
addEventListener("afterprint", () => setPrinting(false));
