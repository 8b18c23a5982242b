// ---------------------------------------------------------------- the ledger entry of a spike

const ARM_COLOURS = [2, 3, 1, 4, 6, 5];

/* All that is known of a spike, as a part of the page. */
function ledgerEntry(run, spike) {
  const entry = spike.entry;
  const node = el("article", { class: "entry", tabindex: "-1" });
  const causes = entry ? list(entry.causes).join(", and ") : "not examined";
  node.append(el("h3", null,
    `${run.name}, spike at iteration ${formatCount(spike.peak)}: `, el("em", null, causes)));
  if (!entry) {
    node.append(el("p", { class: "prose" }, run.examined
      ? "This spike was not examined: the doctor looks at the largest only. --examine N asks for more."
      : "The spikes of this run were not examined."));
    node.append(facts(spike, null));
    return node;
  }
  const [, first, rest] = String(entry.words).match(/^(.*?[.!?])\s+(.*)$/s) || [null, entry.words, ""];
  node.append(el("p", { class: "prose verdict" }, first));
  if (rest) {
    node.append(el("details", { class: "why" }, el("summary", null, "What this rests on, and what to do"),
      el("div", { class: "prose verdict" }, ...paragraphs(rest))));
  }
  node.append(facts(spike, entry));
  node.append(replays(entry, spike));
  if (isNumber(entry.first)) node.append(measurements(entry, spike));
  if (list(entry.evidence).length) node.append(evidence(entry));
  if (list(entry.rows).length) node.append(samples(entry));
  if (entry.peak) node.append(layers(entry.peak));
  return node;
}

function facts(spike, entry) {
  const box = el("dl", { class: "facts" });
  const add = (name, value) =>
    box.append(el("div", null, el("dt", null, ...explained(name)), el("dd", null, ...explained(value))));
  add("Onset", formatCount(spike.onset));
  add("Peak", formatCount(spike.peak));
  add("Peak loss", isNumber(spike.peakLoss) ? formatNumber(spike.peakLoss, 3) : "not finite");
  if (isNumber(spike.usual)) add("Usual loss before", formatNumber(spike.usual, 3));
  // Over a loss of exactly 0 nothing is a multiple.
  if (spike.usual !== 0) add("Height", isNumber(spike.height) ? `${formatNats(spike.height)} nats` : "not finite");
  if (!entry) return box;
  const peak = entry.peak;
  if (peak) {
    add("Epoch", formatCount(peak.epoch));
    add("Batch of the epoch", formatCount(peak.index));
    add("Batch size", formatCount(peak.batchSize));
    add("Learning rate", formatNumber(peak.learningRate, 2));
    add("Gradient norm", formatNumber(peak.gradientNorm, 3));
    add("Update norm", formatNumber(peak.updateNorm, 3));
    add("Cosine of updates", signed(peak.cosine));
  }
  const hindsight = list(entry.evidence).find((item) => item.symptom === "HINDSIGHT_RATIO");
  if (hindsight && isNumber(hindsight.value)) add("Hindsight ratio", signed(hindsight.value));
  add("Replay without a change", entry.reproduced ? "same, bit for bit" : "differs");
  return box;
}

const pairs = (first, values) => list(values).map((y, i) => [first + i, y]);

/* The spike replayed with one change each; which ones are drawn is chosen in the table. */
function replays(entry, spike) {
  const arms = list(entry.arms);
  const box = el("div", { class: "replays" });
  if (!arms.length) return box;
  const unchanged = isNumber(entry.first) ? pairs(entry.first, entry.loss) : [];
  const best = arms.map((arm, i) => i).sort((a, b) => (arms[b].effect ?? -9) - (arms[a].effect ?? -9));
  const drawn = new Set(best.slice(0, 2));
  const host = el("div");
  const boxes = arms.map((arm, i) => {
    const input = el("input", { type: "checkbox", "aria-label": `Draw ${arm.name}` });
    input.checked = drawn.has(i);
    input.addEventListener("change", () => {
      if (input.checked) drawn.add(i);
      else drawn.delete(i);
      draw();
    });
    return input;
  });
  const colour = (i) => `var(--run-${ARM_COLOURS[i % ARM_COLOURS.length]})`;

  function draw() {
    const lines = [{ name: "as it was", points: unchanged, colour: "var(--ink)", width: 2 }];
    for (const i of [...drawn].sort((a, b) => a - b)) {
      lines.push({ name: arms[i].name, points: pairs(arms[i].first, arms[i].losses), colour: colour(i) });
      lines.push({ name: `placebo: ${arms[i].placebo}`, points: pairs(arms[i].first, arms[i].placeboLosses),
        colour: colour(i), dash: "2 3", width: 1.1 });
    }
    host.replaceChildren(linePlot("Loss of the batch, replayed with one change each", lines,
      { log: true, bands: [[spike.onset, spike.end]] }));
  }

  draw();
  box.append(el("h4", null, "Replays"),
    el("p", { class: "note" }, ...explained("Each change stands against a placebo, drawn dotted.")), host,
    dataTable("Replays", ["Changed", "Effect", "Over the replays", "", "Takes the spike away?"],
      arms.map((arm, i) => [
        el("label", null, boxes[i], " ", el("span", { class: "dot", style: `background:${colour(i)}` }), arm.name,
          el("small", null, `against: ${arm.placebo}`)),
        signed(arm.effect), interval(arm.low, arm.high), effectBar(arm.effect, arm.low, arm.high),
        { supported: "yes", refuted: "no", undetermined: "undecided" }[arm.verdict] || arm.verdict])),
    el("p", { class: "prose" }, el("small", null,
      `Effect: the share of the height that is gone, against the placebo's. Over the replays: how far it moves over ${
        formatCount(arms[0].replays)} replays of this one spike, each from weights perturbed anew or with other rows drawn. `
      + "That shows what the perturbation does. It is no confidence interval, and [1.00, 1.00] does not make a cause certain.")));
  return box;
}

function measurements(entry, spike) {
  const bands = [[spike.onset, spike.end]];
  const one = (values, colour = "var(--run-2)") => [{ name: "", points: pairs(entry.first, values), colour }];
  const box = el("div", { class: "small-plots" });
  const sharpness = list(entry.sharpness);
  if (sharpness.length) {
    const threshold = sharpness.map((s) => s.threshold).find(isNumber);
    box.append(linePlot("η · λ, the sharpness that the optimizer sees, against its threshold",
      [{ name: "", points: sharpness.map((s) => [s.step, s.value]), colour: "var(--run-1)", width: 2 }],
      { rules: isNumber(threshold) ? [{ y: threshold, name: `threshold ${formatNumber(threshold, 2)}` }] : [] }));
  }
  box.append(
    linePlot("Cosine of an update with the one before", one(entry.cosine), { bands, low: -1.05, high: 1.05 }),
    linePlot("RMSₜ, the gradient against what the optimizer remembers (largest of the layers)",
      one(entry.rms, "var(--run-3)"), { bands, log: true }),
    linePlot("Norms", [
      { name: "gradient", points: pairs(entry.first, entry.gradient), colour: "var(--run-4)" },
      { name: "update", points: pairs(entry.first, entry.update), colour: "var(--run-2)" }], { bands, log: true }));
  if (list(entry.probe).some(isNumber)) {
    box.append(linePlot("Loss on a fixed probe: only the weights can move it", one(entry.probe, "var(--run-5)"),
      { bands, log: true }));
  }
  return el("div", null, el("h4", null, "Around the spike"), box);
}

function evidence(entry) {
  return el("div", null, el("h4", null, "Evidence"),
    dataTable("Evidence", ["Measured", "Value", "Limit", "What it says"], list(entry.evidence).map((item) => [
      item.name, isNumber(item.value) ? formatNumber(item.value, 3) : "–",
      isNumber(item.limit) ? formatNumber(item.limit, 2) : "–", el("span", { class: "says" }, item.words)])));
}

function samples(entry) {
  const share = (v) => (isNumber(v) ? `${(100 * v).toFixed(v < 0.1 ? 1 : 0)} %` : "–");
  return el("div", null, el("h4", null, "The rows of the peak’s batch with the largest shares of its loss"),
    dataTable("Rows", ["Row", "Share of the loss", "Its loss 20 steps before the onset"],
      list(entry.rows).map((row) => [row.row, share(row.share), formatNumber(row.before, 3)])),
    el("p", { class: "note" }, `${formatCount(entry.rowCount)} rows in the batch: `
      + list(entry.sampleIds).join(", ")
      + (entry.rowCount > list(entry.sampleIds).length ? ", …" : "")));
}

function layers(peak) {
  return el("div", null, el("h4", null, "Layers at the peak"),
    dataTable("Layers", ["Parameter", "RMSₜ", "Gradient norm", "Update / weight", "Median η/P", "99 % of η/P"],
      list(peak.layers).map((layer) => [el("code", null, layer.name),
        ...[layer.rms, layer.gradientNorm, layer.updateRatio, layer.medianRate, layer.largestRate]
          .map((v) => formatNumber(v, 3))])));
}
