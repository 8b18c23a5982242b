const RUN_COLOURS = 6;

/* Marker outlines in a box from -1 to 1, one shape per run, so that colour never stands alone. */
const SHAPES = [
  "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z",
  "M-.9-.9H.9V.9H-.9Z",
  "M0-1.15L1.1.85H-1.1Z",
  "M0-1.3L1.3 0L0 1.3L-1.3 0Z",
  "M-1.2-1H1.2L0 1.1Z",
  "M-.4-1.2H.4V-.4H1.2V.4H.4V1.2H-.4V.4H-1.2V-.4H-.4Z",
];

const PRINT_WIDTH = 678; // the text width of an A4 page with the margins of report.css
const SMALLEST_WINDOW = 8;
const RIGHT_MARGIN = 12;

// ---------------------------------------------------------------- helpers

const isNumber = (v) => typeof v === "number" && Number.isFinite(v);
const list = (v) => (Array.isArray(v) ? v : []);
const clamp = (v, lo, hi) => Math.min(Math.max(v, lo), hi);

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

function svg(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function paragraphs(text) {
  return String(text || "").split(/\n\s*\n/).map((part) => part.trim()).filter(Boolean)
    .map((part) => el("p", null, part));
}

// ---------------------------------------------------------------- numbers

const counts = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const formatCount = (v) => counts.format(v);

const superscript = (n) =>
  String(n).replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);

function formatNumber(v, digits) {
  if (!isNumber(v)) return "–";
  if (v === 0) return "0";
  const size = Math.abs(v);
  if (size >= 1e-3 && size < 1e4) {
    const fixed = v.toPrecision(digits);
    return fixed.includes("e") ? formatCount(v) : fixed;
  }
  const [mantissa, exponent] = v.toExponential(digits - 1).split("e");
  return `${mantissa}\u202f×\u202f10${superscript(+exponent)}`.replace("-", "−");
}

const formatLoss = (v) => formatNumber(v, 4);
const formatShort = (v) => (isNumber(v) && Math.abs(v) >= 100 ? formatCount(v) : formatNumber(v, 2));
const formatNats = (v) => (isNumber(v) ? (Math.abs(v) < 0.095 ? formatNumber(v, 1) : v.toFixed(1)) : "–");

function formatSeconds(v) {
  if (!isNumber(v)) return "–";
  return v >= 100 ? formatCount(v) : v >= 0.1 ? v.toFixed(1) : "< 0.1";
}

function formatTick(v) {
  if (v === 0) return "0";
  const exact = Number(v.toPrecision(6));
  const size = Math.abs(exact);
  if (size >= 1e-3 && size < 1e5) return size < 1e4 ? String(exact).replace("-", "−") : formatCount(exact);
  const [mantissa, exponent] = exact.toExponential().split("e");
  const power = "10" + superscript(+exponent);
  return mantissa === "1" ? power : `${mantissa}·${power}`;
}

// ---------------------------------------------------------------- axes

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].find((m) => m * power >= rough * 0.999) * power;
}

/* uPlot's own logarithmic ticks vanish when the window spans less than a decade. */
function logTicks(min, max, height) {
  const most = Math.max(3, height / 36);
  const decades = Math.log10(max) - Math.log10(min);
  if (decades < 1) {
    const step = niceStep((max - min) / Math.min(most, 6));
    const ticks = [];
    for (let i = Math.ceil(min / step); i * step <= max; i++) ticks.push(i * step);
    return ticks.filter((v) => v > 0);
  }
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  for (const digits of [[1, 2, 5], [1, 3], [1]]) {
    const ticks = [];
    for (let e = first; e <= last; e++) for (const d of digits) ticks.push(Number(`${d}e${e}`));
    const seen = ticks.filter((v) => v >= min && v <= max);
    if (seen.length <= most) return seen;
  }
  const every = Math.ceil(decades / most);
  const ticks = [];
  for (let e = Math.ceil(first / every) * every; e <= last; e += every) ticks.push(Number(`1e${e}`));
  return ticks.filter((v) => v >= min && v <= max);
}

function lossRange(min, max, logarithmic) {
  if (!isNumber(min) || !isNumber(max)) return logarithmic ? [0.1, 1] : [0, 1];
  if (logarithmic) {
    if (min <= 0) min = max > 0 ? max / 1e6 : 0.1;
    if (max <= min) return [Math.max(min / 2, Number.MIN_VALUE), min * 2];
    // The ratio itself overflows where a loss has come down to the least of numbers.
    const pad = 10 ** (0.05 * (Math.log10(max) - Math.log10(min)));
    return [Math.max(min / pad, Number.MIN_VALUE), max * pad];
  }
  if (max === min) {
    const pad = Math.abs(max) / 10 || 1;
    return [min - pad, max + pad];
  }
  const pad = (max - min) * 0.05;
  // Losses near zero are shown against zero; a narrow band far from it is not.
  const low = min >= 0 && min < max / 4 ? 0 : min - pad;
  return [low, max + pad];
}
