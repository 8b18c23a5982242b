// ---------------------------------------------------------------- a first opinion from a log

function addOpinion(opinion) {
  const section = el("section", { id: "log", "aria-labelledby": "log-title" },
    el("h2", { id: "log-title" }, "The loss, as it was logged"));
  document.getElementById("sections").append(section);
  const run = { name: opinion.name, losses: list(opinion.losses), spikes: list(opinion.spikes) };
  const each = opinion.rowsPerPoint > 1
    ? ` Each point is in turn the highest and the lowest of ${formatCount(opinion.rowsPerPoint)} losses.`
    : "";
  const chart = createChart({
    scale: opinion.positive ? "logarithmic" : "linear",
    axis: {
      label: opinion.axis, from: opinion.from, every: opinion.every, size: opinion.size, entries: false,
      noun: ["rise", "rises"], of: "losses", words: `Loss as logged.${each}`,
      ticks: " Ticks above the plot mark the rises found; short ones are less than a doubling.",
    },
  }, [run], true);
  section.append(chart.figure);
  charts.push(chart);
  chart.start();
  section.append(points("What was read", opinion.notes));
  if (list(opinion.findings).length) section.after(findings(opinion.findings));
  document.getElementById("sections").append(
    el("section", { id: "blind", "aria-labelledby": "blind-title" },
      el("h2", { id: "blind-title" }, "What this log cannot tell"), points("", opinion.blind)));
}

function points(title, texts) {
  return el("div", { class: "prose" }, title ? el("h3", { class: "label" }, title) : null,
    el("ul", { class: "points" }, ...list(texts).map((text) => el("li", null, text))));
}

function findings(all) {
  return el("section", { id: "hypotheses", "aria-labelledby": "hypotheses-title" },
    el("h2", { id: "hypotheses-title" }, all.length === 1 ? "The hypothesis" : "Hypotheses, the best fit first"),
    ...all.map((finding, i) => findingCard(finding, i + 1)));
}

function findingCard(finding, number) {
  const card = el("article", { class: "entry finding", "aria-labelledby": `hypothesis-${number}` },
    el("h3", { id: `hypothesis-${number}` }, `${number}. ${finding.title}`),
    points("", [...list(finding.evidence), `Laboratory: ${finding.laboratory}.`]));
  if (list(finding.lines).length) {
    card.append(
      el("h4", null, finding.next
        ? `The one change that separates it from ${number + 1}`
        : "The one change that tries it"),
      el("pre", { class: "code", tabindex: "0" }, el("code", null, finding.lines.join("\n"))),
      el("p", { class: "verdict" }, finding.outcome));
  }
  return card;
}
