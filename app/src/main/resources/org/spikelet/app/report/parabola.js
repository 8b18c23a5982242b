// ---------------------------------------------------------------- Adam on ½x², to the bits of Java's

const PARABOLA = { steps: 20000, block: 20, rise: 32, least: 1e-300, epsilon: 1e-8 };

/* The high half of a double's bits. */
const doubleOf = new Float64Array(1);
const wordsOf = new Uint32Array(doubleOf.buffer);
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
const highWord = (v) => {
  doubleOf[0] = v;
  return wordsOf[HIGH];
};
const fromHighWord = (high, low = 0) => {
  wordsOf[HIGH] = high;
  wordsOf[1 - HIGH] = low;
  return doubleOf[0];
};
const head = (v) => fromHighWord(highWord(v));

const polynomial = (z, coefficients) => coefficients.reduceRight((sum, c) => c + z * sum);

/* βᵗ for 0 < β < 1 and t = 3, 4, … A browser's Math.pow differs from Java's StrictMath.pow in last
   bits, out of which some of these runs make other bursts. So this takes the steps of fdlibm's e_pow.c:
   log₂ β as a sum of two doubles, times t, and 2 to that power.
   fdlibm is Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy,
   modify, and distribute this software is freely granted, provided that this notice is preserved. */
function power(beta, t) {
  // β = a · 2ⁿ, a near 1 or near 1.5.
  let word = highWord(beta);
  const low = wordsOf[1 - HIGH];
  let n = (word >>> 20) - 1023;
  const fraction = word & 0xfffff;
  word = fraction | 0x3ff00000;
  const near = fraction > 0x3988e && fraction < 0xbb67a ? 1.5 : 1;
  if (fraction >= 0xbb67a) {
    n += 1;
    word -= 0x100000;
  }
  const a = fromHighWord(word, low);
  // s = (a − near) / (a + near), and log a = 2s + ⅔s³ + …, every part as head and rest.
  const above = a - near;
  const inverse = 1 / (a + near);
  const s = above * inverse;
  const sHead = head(s);
  const sumHead = fromHighWord(((word >>> 1) | 0x20000000) + 0x80000 + (near > 1 ? 0x40000 : 0));
  const sumRest = a - (sumHead - near);
  const sRest = inverse * (above - sHead * sumHead - sHead * sumRest);
  const square = s * s;
  const series = square * square * polynomial(square, [5.99999999999994648725e-01, 4.28571428578550184252e-01,
    3.33333329818377432918e-01, 2.72728123808534006489e-01, 2.30660745775561754067e-01, 2.06975017800338417784e-01])
    + sRest * (sHead + s);
  const headSquare = sHead * sHead;
  const three = head(3 + headSquare + series);
  const threeRest = series - (three - 3 - headSquare);
  const u = sHead * three;
  const v = sRest * three + threeRest * s;
  const pHead = head(u + v);
  const pRest = v - (pHead - u);
  const z = 9.61796700954437255859e-01 * pHead;
  const zRest = -7.02846165095275826516e-09 * pHead + pRest * 9.61796693925975554329e-01
    + (near > 1 ? 1.35003920212974897128e-08 : 0);
  const logNear = near > 1 ? 5.84962487220764160156e-01 : 0;
  const log = head(z + zRest + logNear + n);
  const logRest = zRest - (log - n - logNear - z);
  // 2 to the power t · log: a whole number, and the rest.
  const tHead = head(t);
  const rest = (t - tHead) * log + t * logRest;
  let exponent = tHead * log;
  const sum = rest + exponent;
  if (sum < -1000) return 0; // 1 − βᵗ is 1
  const whole = Math.abs(sum) < 0.5 * (1 + 2 ** -20) ? 0 : -Math.floor(0.5 - sum);
  exponent -= whole;
  const e = head(rest + exponent);
  const eLog = e * 6.93147182464599609375e-01;
  const eRest = (rest - (e - exponent)) * 6.93147180559945286227e-01 + e * -1.90465429995776804525e-09;
  const y = eLog + eRest;
  const yRest = eRest - (y - eLog);
  const ySquare = y * y;
  const q = y - ySquare * polynomial(ySquare, [1.66666666666666019037e-01, -2.77777777770155933842e-03,
    6.61375632143793436117e-05, -1.65339022054652515390e-06, 4.13813679705723846039e-08]);
  const result = 1 - (y * q / (q - 2) - (yRest + y * yRest) - y);
  return fromHighWord((highWord(result) + whole * 0x100000) >>> 0, wordsOf[1 - HIGH]);
}

/* 1 − βᵗ for t = 1, 2, …: what a moment has of its mean after t steps. Kept for the map's many runs. */
const corrections = new Map();
function correction(beta) {
  if (!corrections.has(beta)) {
    corrections.set(beta, Float64Array.from({ length: PARABOLA.steps }, (_, i) =>
      1 - (beta === 0 ? 0 : i === 0 ? beta : i === 1 ? beta * beta : power(beta, i + 1))));
  }
  return corrections.get(beta);
}

/* Takes the steps, as org.spikelet.optim.Adam does. x: before each step; divisor: P = (1 − β₁ᵗ)(√v̂ + ε). */
function adamOnParabola(rate, beta1, beta2) {
  const first = correction(beta1);
  const second = correction(beta2);
  const xs = new Float64Array(PARABOLA.steps);
  const divisor = new Float64Array(PARABOLA.steps);
  let [x, m, v] = [1, 0, 0];
  for (let t = 0; t < PARABOLA.steps; t++) {
    xs[t] = x;
    const g = x; // the slope of ½x²
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g * g;
    const root = Math.sqrt(second[t]);
    x -= rate * root / first[t] * m / (Math.sqrt(v) + PARABOLA.epsilon * root);
    divisor[t] = first[t] * (Math.sqrt(v) / root + PARABOLA.epsilon);
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
