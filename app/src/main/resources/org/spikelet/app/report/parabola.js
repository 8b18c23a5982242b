// ---------------------------------------------------------------- Adam on ½x²

const PARABOLA = { steps: 20000, block: 20, rise: 32, least: 1e-300, epsilon: 1e-8 };

/* Takes Adam's steps. xs: x before each step; divisor: P = (1 − β₁ᵗ)(√v̂ + ε). OneDimension.java has the same
   steps in the same order. βᵗ is a running product: Math.pow may differ in last bits from browser to browser,
   and some of these runs make other bursts out of them. */
function adamOnParabola(rate, beta1, beta2) {
  const xs = new Float64Array(PARABOLA.steps);
  const divisor = new Float64Array(PARABOLA.steps);
  let [x, m, v] = [1, 0, 0];
  let [power1, power2] = [1, 1]; // β₁ᵗ, β₂ᵗ
  for (let t = 0; t < PARABOLA.steps; t++) {
    xs[t] = x;
    const g = x; // the slope of ½x²
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g * g;
    power1 *= beta1;
    power2 *= beta2;
    const first = 1 - power1;
    const root = Math.sqrt(1 - power2);
    x -= rate * root / first * m / (Math.sqrt(v) + PARABOLA.epsilon * root);
    divisor[t] = first * (Math.sqrt(v) / root + PARABOLA.epsilon);
  }
  return { rate, xs, divisor, threshold: (2 + 2 * beta1) / (1 - beta1), ...bursts(xs) };
}

/* The largest |x| of every 20 steps; where that rises 32-fold, a burst begins. See OneDimension.java. */
function bursts(xs) {
  const levels = [];
  for (let t = 0; t < xs.length; t += PARABOLA.block) {
    levels.push(xs.subarray(t, t + PARABOLA.block)
      .reduce((most, x) => Math.max(most, Math.abs(x)), PARABOLA.least));
  }
  const onsets = [];
  let lowest = Infinity;
  let peak = 0;
  levels.forEach((level, k) => {
    if (peak > 0) {
      peak = Math.max(peak, level);
      if (level < peak / PARABOLA.rise) [peak, lowest] = [0, level];
    } else {
      lowest = Math.min(lowest, level);
      if (level > PARABOLA.rise * lowest) {
        peak = level;
        onsets.push(k * PARABOLA.block);
      }
    }
  });
  const end = levels.slice(-levels.length / 4);
  const last = xs[xs.length - 1];
  const underflow = 0.5 * last * last === 0;
  const kind = Math.max(...end) < PARABOLA.rise * Math.min(...end) && !underflow ? "never calm"
    : onsets.length ? "spiking" : underflow ? "underflow" : "calm";
  return { levels, onsets, kind };
}

/* The first step at which η / P rises over the threshold, or −1. */
function firstCrossing({ rate, divisor, threshold }) {
  return divisor.findIndex((p, t) => t > 0 && rate / p > threshold && rate / divisor[t - 1] <= threshold);
}
