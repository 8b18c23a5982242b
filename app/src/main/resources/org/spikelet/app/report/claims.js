// ---------------------------------------------------------------- what was said, and what the experiments say

const VERDICT_SIGNS = { supported: "✓", refuted: "✗", undetermined: "?" };

function verdictMark(verdict) {
  return el("span", { class: `mark ${verdict}` },
    el("span", { "aria-hidden": "true" }, VERDICT_SIGNS[verdict] || ""), ` ${verdict}`);
}

const rate = (v) => (isNumber(v) ? (v === 0 ? "0" : v < 10 ? v.toFixed(v < 1 ? 2 : 1) : formatCount(v)) : "–");
const change = (pair) => (list(pair).length ? list(pair).map(rate).join(" → ") : "–");

// Mostly those of all claims of a group are as many.
function seedsOf(claims) {
  const seeds = claims.map((claim) => claim.seeds);
  const least = Math.min(...seeds);
  const most = Math.max(...seeds);
  return `${least < most ? `${formatCount(least)} to ` : ""}${formatCount(most)} ${most === 1 ? "seed" : "seeds"}`;
}

function addClaims(group) {
  const main = document.getElementById("sections");
  const section = el("section", { id: group.id, "aria-labelledby": `${group.id}-title` },
    el("h2", { id: `${group.id}-title` }, group.title),
    el("div", { class: "prose" }, ...paragraphs(group.text)));
  if (group.kind === "remedies") {
    section.append(remedyTable(group), el("p", { class: "note" },
      `Spikes and rise are means of ${seedsOf(list(group.claims))}, and the end loss is their geometric mean.`));
  }
  else for (const claim of list(group.claims)) section.append(claimCard(claim));
  main.append(section);
}

function claimCard(claim) {
  const card = el("details", { class: "claim", id: `claim-${claim.name}` },
    el("summary", null,
      el("span", { class: "words" }, claim.words),
      el("span", { class: "brief" }, claim.own ? null : el("i", null, "Adam "), change(claim.adam),
        list(claim.sgd).length ? el("i", null, "SGD ") : null, list(claim.sgd).length ? change(claim.sgd) : null),
      effectBar(claim.effect, claim.low, claim.high),
      verdictMark(claim.verdict)));
  const numbers = el("dl", { class: "facts" });
  const add = (name, value) =>
    numbers.append(el("div", null, el("dt", null, name), el("dd", null, value)));
  add("Effect", el("span", null, `${signed(claim.effect)} ${interval(claim.low, claim.high)} `,
    effectBar(claim.effect, claim.low, claim.high)));
  if (list(claim.adam).length) add(claim.own ? "With → without" : "Adam: with → without", change(claim.adam));
  if (list(claim.sgd).length) add("SGD: with → without", change(claim.sgd));
  if (isNumber(claim.endLoss)) add(claim.removes ? "End loss with / without" : "End loss without / with", formatNumber(claim.endLoss, 2));
  if (claim.notFinite) add("Runs lost", `${formatCount(claim.notFinite)} (loss not finite)`);
  card.append(
    el("p", { class: "prose" }, claim.design),
    ...list(claim.caveats).map((words) => el("p", { class: "prose" }, words)),
    numbers,
    el("p", { class: "note" }, `Counted: ${claim.measure}, mean of ${seedsOf([claim])}.`));
  const curves = list(claim.curves);
  if (curves.length) {
    card.append(linePlot("Seed 1: least and largest loss of each stretch of steps",
      curves.map((curve, i) => ({ name: curve.name, colour: `var(--run-${i + 1})`, width: 1.1,
        points: list(curve.least).flatMap((low, k) => {
          const x = (k + 0.5) * curve.steps / curve.least.length;
          return [[x, low], [x, curve.largest[k]]];
        }) })), { log: true }));
  }
  card.append(el("p", { class: "note" }, el("code", null, claim.command)));
  return card;
}

function remedyTable(group) {
  return dataTable(group.title,
    ["Remedy", "Spikes per 1,000 steps", "Share taken away", "95 % interval", "", "Rise", "End loss", "Removes them?"],
    list(group.claims).map((claim) => [
      el("span", null, claim.words, claim.notFinite
        ? el("small", null, `${formatCount(claim.notFinite)} runs lost`) : null),
      change(claim.adam), signed(claim.effect), interval(claim.low, claim.high),
      effectBar(claim.effect, claim.low, claim.high), change(claim.upward),
      isNumber(claim.endLoss) ? `× ${formatNumber(claim.endLoss, 2)}` : "–",
      verdictMark(claim.verdict)]));
}
