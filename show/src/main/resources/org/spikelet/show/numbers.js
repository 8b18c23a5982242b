// ---------------------------------------------------------------- elements

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// ---------------------------------------------------------------- numbers and words

const counts = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const plural = (n, one, many) => `${counts.format(n)} ${n === 1 ? one : many || one + "s"}`;

const superscript = (n) =>
  String(n).replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);

/* NaN and the infinities come as words. */
function number(v, digits = 4) {
  if (typeof v !== "number") return v;
  const size = Math.abs(v);
  if (v === 0 || (Number.isInteger(v) && size < 1e5)) return String(v).replace("-", "−");
  if (size >= 1e-3 && size < 1e5) return String(Number(v.toPrecision(digits))).replace("-", "−");
  const [mantissa, exponent] = v.toExponential(digits - 1).split("e");
  return `${Number(mantissa)}·10${superscript(+exponent)}`.replace("-", "−");
}

const shape = (values) => (values.rank === 0 ? "scalar" : values.shape);

function range(values) {
  if (values.size === 0) return "empty";
  if (values.size === 1) return number(values.first[0], 6);
  if (values.notFinite === values.size) return "no finite number";
  return `${number(values.least)} … ${number(values.greatest)}`;
}
