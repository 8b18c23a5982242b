// ---------------------------------------------------------------- charts

const charts = [];
let printing = false;

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  return {
    ink: get("--ink"), muted: get("--muted"), rule: get("--rule"), grid: get("--grid"),
    wash: get("--wash"), paper: get("--paper"), sans: get("--sans"),
    runs: Array.from({ length: RUN_COLOURS }, (_, i) => get(`--run-${i + 1}`)),
  };
}

function swatch(index) {
  const colour = `var(--run-${(index % RUN_COLOURS) + 1})`;
  const picture = svg("svg", { class: "swatch", viewBox: "0 0 26 12", "aria-hidden": "true" });
  picture.append(
    svg("path", { d: "M0 6H26", stroke: colour, "stroke-width": "1.75" }),
    svg("path", { d: SHAPES[index % SHAPES.length], fill: colour, transform: "translate(13 6) scale(4)" }));
  return picture;
}

function createChart(section, runs, isFirst) {
  const first = isNumber(section.firstStep) ? section.firstStep : 0;
  // What the chart shows: every step of a training, or what was logged of one.
  const axis = {
    label: "Iteration", from: first, every: 1, noun: ["spike", "spikes"], of: "steps",
    words: "Training loss at every step.", ...section.axis };
  const numberOf = (x) => formatCount(axis.from + (x - first) * axis.every);
  const counted = (n) => `${n === 0 ? "no" : formatCount(n)} ${axis.noun[n === 1 ? 0 : 1]}`;
  const length = Math.max(...runs.map((run) => run.losses.length));
  const last = first + length - 1;
  const steps = Array.from({ length }, (_, i) => first + i);
  const series = runs.map((run) =>
    Array.from({ length }, (_, i) => (isNumber(run.losses[i]) ? run.losses[i] : null)));

  const allSpikes = runs
    .flatMap((run, index) => run.spikes.map((spike) => ({ spike, run, index })))
    .filter((item) => isNumber(item.spike.peak))
    .sort((a, b) => a.spike.peak - b.spike.peak);

  /* A run that has diverged must not press the others flat. */
  const ceiling = 30 * Math.max(0, ...runs.filter((run) => isNumber(run.finalLoss))
    .map((run) => run.losses.reduce((a, b) => (isNumber(b) && b > a ? b : a), 0))) || Infinity;

  const shown = runs.map(() => true);
  let logarithmic = section.scale !== "linear";
  let view = [first, last];
  let selected = null;
  let plot = null;
  let theme = null;

  const spikes = () => allSpikes.filter((item) => shown[item.index]);
  const isZoomed = () => view[0] > first || view[1] < last;
  const onset = ({ spike }) => (isNumber(spike.onset) ? Math.min(spike.onset, spike.peak) : spike.peak);
  const end = ({ spike }) => (isNumber(spike.end) ? Math.max(spike.end, spike.peak) : spike.peak);
  const size = ({ spike }) => (isNumber(spike.height) ? spike.height
    : isNumber(spike.timesMedian) && spike.timesMedian > 0 ? Math.log(spike.timesMedian) : -Infinity);
  const lossAt = (run, step) => series[run][Math.round(step) - first];

  // -- page elements

  const toggles = runs.map((run, i) => {
    const button = el("button", { type: "button", "aria-pressed": "true", title: "Show or hide this run" },
      swatch(i), el("span", null, run.name));
    button.addEventListener("click", () => toggle(i));
    return button;
  });
  const scaleButtons = [true, false].map((log) => {
    const button = el("button", { type: "button" }, log ? "Logarithmic" : "Linear");
    button.addEventListener("click", () => setScale(log));
    return button;
  });
  const host = el("div", { class: "plot", tabindex: "0", role: "group" });
  // On a phone there is room for the verb only.
  const action = (verb, object, run, attributes) => {
    const button = el("button", { type: "button", "aria-label": `${verb} ${object}`, ...attributes },
      verb, el("span", { class: "wide" }, ` ${object}`));
    button.addEventListener("click", run);
    return button;
  };
  const previous = action("Previous", "spike", () => stepSpike(-1));
  const next = action("Next", "spike", () => stepSpike(1));
  const largest = action("Largest", "spike", selectLargest);
  const reset = action("Reset", "zoom", resetZoom, { class: "reset", hidden: true });
  const readouts = runs.map(() => el("b"));
  const readoutRows = runs.map((run, i) =>
    el("div", null, swatch(i), el("span", null, run.name), readouts[i]));
  const readoutStep = el("p");
  const readout = el("div", { class: "readout", "aria-hidden": "true", hidden: true },
    readoutStep, ...readoutRows);
  const detail = el("p", { class: "detail", role: "status" });
  const scaleNote = el("span");
  const caption = el("figcaption", null, scaleNote);

  const figure = el("figure", null,
    el("div", { class: "bar" },
      el("div", { class: "legend", role: "group", "aria-label": "Runs" }, ...toggles),
      el("div", { class: "segments", role: "group", "aria-label": "Loss axis" }, ...scaleButtons)),
    host,
    el("div", { class: "bar steps", role: "group", "aria-label": "Spikes and zoom" },
      ...(allSpikes.length ? [previous, next, largest] : []), reset),
    detail, caption);
  const examined = allSpikes.filter((item) => item.spike.entry);
  const entryHost = el("div", { class: "entry-host" });
  if (examined.length) figure.append(spikeButtons());
  figure.append(entryHost);

  function spikeButtons() {
    return el("div", { class: "bar examined", role: "group", "aria-label": "Examined spikes" },
      el("span", null, "Examined:"),
      ...examined.map((item) => {
        const button = el("button", { type: "button" }, swatch(item.index),
          ` ${formatCount(item.spike.peak)} `, el("small", null, list(item.spike.entry.causes)[0]));
        button.addEventListener("click", () => openEntry(item, true));
        return button;
      }));
  }

  if (isFirst && allSpikes.length) {
    caption.append(
      axis.ticks || " Ticks above the plot mark the spikes found, one row per run; short ticks are those not counted as visible.");
  }
  const gaps = runs
    .map((run, i) => [run.name, series[i].slice(0, run.losses.length).filter((v) => v === null).length])
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} at ${formatCount(count)} ${count === 1 ? "step" : "steps"}`);
  if (gaps.length) caption.append(` Gaps are losses that were not finite: ${gaps.join(", ")}.`);
  if (isFirst) {
    caption.append(el("span", { class: "mouse" }, allSpikes.length
      ? " Drag to zoom in, double-click to zoom out; with the chart in focus, ← and → step through the spikes."
        + (axis.entries === false ? "" : " Click a spike, or press Enter on it, to see its entry.")
      : " Drag to zoom in, double-click to zoom out."));
  }

  // -- drawing

  function scaleX(u, min, max) {
    if (length < 2) return [first - 1, first + 1];
    if (!isNumber(min) || !isNumber(max)) return [first, last];
    const span = Math.min(Math.max(max - min, SMALLEST_WINDOW), last - first);
    const low = clamp((min + max - span) / 2, first, last - span);
    return [low, low + span];
  }

  function clipped(u, grow, draw) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left - grow, bbox.top - grow, bbox.width + 2 * grow, bbox.height + 2 * grow);
    ctx.clip();
    draw(ctx, bbox);
    ctx.restore();
  }

  function drawShape(ctx, index, x, y, radius, fill, outline) {
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(radius, radius);
    const path = new Path2D(SHAPES[index % SHAPES.length]);
    if (outline) {
      ctx.lineWidth = outline / radius;
      ctx.strokeStyle = theme.paper;
      ctx.stroke(path);
    }
    ctx.fillStyle = fill;
    ctx.fill(path);
    ctx.restore();
  }

  const colour = (index) => theme.runs[index % RUN_COLOURS];

  function drawSelection(u) {
    if (!selected || !shown[selected.index]) return;
    clipped(u, 0, (ctx, bbox) => {
      const left = u.valToPos(onset(selected), "x", true);
      const right = u.valToPos(end(selected), "x", true);
      ctx.fillStyle = theme.wash;
      ctx.fillRect(left, bbox.top, Math.max(right - left, uPlot.pxRatio), bbox.height);
    });
  }

  function drawMarkers(u, k) {
    const stepWidth = u.bbox.width / (u.scales.x.max - u.scales.x.min);
    const dense = stepWidth < 7 * k;
    const radius = clamp(stepWidth / 7, 2.2 * k, 3.4 * k);
    clipped(u, 4 * k, (ctx) => {
      const from = Math.max(0, Math.floor(u.scales.x.min) - first);
      const to = Math.min(length - 1, Math.ceil(u.scales.x.max) - first);
      series.forEach((losses, index) => {
        if (!shown[index]) return;
        for (let i = from; i <= to; i++) {
          if (losses[i] === null) continue;
          // A finite loss between two gaps has no line, hence always a marker.
          const alone = (losses[i - 1] ?? null) === null && (losses[i + 1] ?? null) === null;
          if (dense && !alone) continue;
          if (logarithmic && losses[i] <= 0) continue;
          drawShape(ctx, index, u.valToPos(first + i, "x", true), u.valToPos(losses[i], "y", true),
            radius, colour(index), 0);
        }
      });
      if (selected && shown[selected.index]) {
        const loss = lossAt(selected.index, selected.spike.peak);
        if (isNumber(loss) && !(logarithmic && loss <= 0)) {
          drawShape(ctx, selected.index, u.valToPos(selected.spike.peak, "x", true),
            u.valToPos(loss, "y", true), Math.max(4.6 * k, radius), colour(selected.index), 4 * k);
        }
      }
    });
  }

  function drawRows(u, k) {
    if (!allSpikes.length) return;
    const { ctx, bbox } = u;
    const row = 13 * k;
    const top = bbox.top - rowsHeight(k);
    ctx.save();
    runs.forEach((run, index) => {
      ctx.globalAlpha = shown[index] ? 1 : 0.3;
      drawShape(ctx, index, bbox.left - 12 * k, top + index * row + row / 2, 3.2 * k, colour(index), 0);
    });
    ctx.globalAlpha = 1;
    for (const item of spikes()) {
      const { spike, index } = item;
      if (spike.peak < u.scales.x.min || spike.peak > u.scales.x.max) continue;
      const x = u.valToPos(spike.peak, "x", true);
      const tall = spike.visible !== false;
      const height = (tall ? 9 : 4) * k;
      const width = (item === selected ? 3 : 1.25) * k;
      ctx.fillStyle = colour(index);
      ctx.fillRect(x - width / 2, top + index * row + row - 2 * k - height, width, height);
    }
    ctx.restore();
  }

  const rowsHeight = (k) => (allSpikes.length ? runs.length * 13 * k + 10 * k : 0);

  /* A label that would be cut off at the right edge is left out. */
  function stepLabels(u, ticks) {
    const k = printing ? 2 : 1;
    const right = u.bbox.width / uPlot.pxRatio;
    return ticks.map((tick) => {
      const label = numberOf(tick);
      return u.valToPos(tick, "x") + label.length * 3.6 * k > right + RIGHT_MARGIN * k ? "" : label;
    });
  }

  function build() {
    theme = readTheme();
    const k = printing ? 2 : 1;
    // In canvas hooks all lengths are device pixels.
    const device = () => k * uPlot.pxRatio;
    const width = (printing ? PRINT_WIDTH : Math.max(host.clientWidth, 200)) * k;
    const font = `${12 * k}px ${theme.sans}`;
    const plain = {
      stroke: theme.muted, font, labelFont: font,
      ticks: { show: false },
      border: { show: true, stroke: theme.rule, width: k },
      grid: { stroke: theme.grid, width: k },
      gap: 7 * k,
    };
    const options = {
      width,
      height: chartHeight(width / k) * k,
      padding: [rowsHeight(k) + 8 * k, RIGHT_MARGIN * k, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: scaleX },
        y: {
          distr: logarithmic ? 3 : 1,
          range: (u, min, max) => lossRange(min, Math.min(max, ceiling), logarithmic),
        },
      },
      axes: [
        { ...plain, space: (width < 500 * k ? 50 : 74) * k, size: 26 * k, label: axis.label, labelSize: 20 * k, labelGap: 0,
          incrs: [1, 2, 5].flatMap((m) => [0, 1, 2, 3, 4, 5, 6].map((e) => m * 10 ** e)).sort((a, b) => a - b),
          grid: { show: false },
          values: stepLabels },
        { ...plain, size: 52 * k, space: 38 * k,
          border: { show: false },
          splits: logarithmic ? (u, i, min, max) => logTicks(min, max, u.bbox.height / device()) : undefined,
          filter: (u, ticks) => ticks,
          values: (u, ticks) => ticks.map(formatTick) },
      ],
      series: [{}].concat(runs.map((run, i) => ({
        label: run.name,
        show: shown[i],
        stroke: colour(i),
        width: 1.25 * k,
        points: { show: false },
      }))),
      cursor: {
        y: false,
        // uPlot would take the snapping below for a drag and swallow the click.
        drag: { x: true, y: false, dist: 5, click() {} },
        points: { size: 11, width: 2.5, stroke: theme.paper, fill: (u, i) => colour(i - 1) },
        move: snapToPeak,
      },
      hooks: {
        drawClear: [drawSelection],
        draw: [(u) => { drawMarkers(u, device()); drawRows(u, device()); }],
        setCursor: [showCursor],
        setScale: [(u, key) => { if (key === "x") viewChanged(u); }],
      },
    };
    if (!logarithmic) delete options.axes[1].splits;
    const window = view;
    if (plot) plot.destroy();
    plot = new uPlot(options, [steps, ...series], host);
    plot.over.append(readout);
    readout.hidden = true;
    if (isZoomed()) plot.setScale("x", { min: window[0], max: window[1] });
  }

  const chartHeight = (width) =>
    clamp(Math.round(width * 0.4), 250, 410) + (allSpikes.length ? runs.length * 13 : 0);

  function resize() {
    if (printing || !plot || !host.clientWidth) return;
    const width = Math.max(host.clientWidth, 200);
    if (width !== plot.width) plot.setSize({ width, height: chartHeight(width) });
  }

  // -- reading

  /* Zoomed out, one pixel covers many steps; the cursor then takes the tallest spike near it. */
  function snapToPeak(u, left, top) {
    if (left < 0 || !u.bbox.width) return [left, top];
    const stepsPerPixel = (u.scales.x.max - u.scales.x.min) / (u.bbox.width / uPlot.pxRatio);
    if (!(stepsPerPixel > 1)) return [left, top];
    let best = null;
    for (const item of spikes()) {
      if (Math.abs(u.valToPos(item.spike.peak, "x") - left) > 3) continue;
      if (best === null || size(item) > size(best)) best = item;
    }
    return [best ? u.valToPos(best.spike.peak, "x") : left, top];
  }

  function showCursor(u) {
    const i = u.cursor.idx;
    readout.hidden = i == null || u.cursor.left < 0;
    if (readout.hidden) return;
    readoutStep.textContent = `${axis.label} ${numberOf(steps[i])}`;
    runs.forEach((run, r) => {
      readoutRows[r].hidden = !shown[r];
      readouts[r].textContent = series[r][i] !== null ? formatLoss(series[r][i])
        : i < run.losses.length ? "not finite" : "–";
    });
    const width = u.over.clientWidth;
    const left = u.cursor.left < width / 2 ? u.cursor.left + 14 : u.cursor.left - 14 - readout.offsetWidth;
    readout.style.left = `${clamp(left, 0, Math.max(0, width - readout.offsetWidth))}px`;
  }

  function viewChanged(u) {
    view = [u.scales.x.min, u.scales.x.max];
    reset.hidden = !isZoomed();
  }

  function describe() {
    const parts = [];
    const add = (label, value) =>
      parts.push(el("span", null, el("i", null, label + " "), value));
    if (!selected) {
      runs.forEach((run) => {
        const size = isNumber(axis.size) ? axis.size : run.losses.length;
        parts.push(el("span", null, el("b", null, run.name),
          ` ${counted(run.spikes.length)} in ${formatCount(size)} ${axis.of}`));
      });
    } else {
      const { spike, run } = selected;
      const own = allSpikes.filter((item) => item.run === run);
      parts.push(el("span", null, el("b", null, run.name),
        ` ${axis.noun[0]} ${formatCount(own.indexOf(selected) + 1)} of ${formatCount(own.length)}`));
      if (isNumber(spike.onset)) add("onset", numberOf(spike.onset));
      add("peak", numberOf(spike.peak));
      if (isNumber(spike.end)) add("end", numberOf(spike.end));
      add("peak loss", isNumber(spike.peakLoss) ? formatNumber(spike.peakLoss, 3) : "not finite");
      if (isNumber(spike.height) && spike.usual !== 0) add("height", `${formatNats(spike.height)} nats`);
      if (isNumber(spike.timesMedian)) {
        parts.push(el("span", null, `${formatShort(spike.timesMedian)} ×`, el("i", null, " the median")));
      }
    }
    detail.replaceChildren(...parts);
  }

  function refresh() {
    const none = spikes().length === 0;
    for (const button of [previous, next, largest]) button.disabled = none;
    scaleButtons[0].setAttribute("aria-pressed", String(logarithmic));
    scaleButtons[1].setAttribute("aria-pressed", String(!logarithmic));
    scaleNote.textContent = axis.words + (logarithmic
      ? " Logarithmic axis: equal distances are equal ratios, so spikes and the small losses between them are both legible."
      : " Linear axis: spikes stand at their true height, and the small losses between them sink to a line.");
    host.setAttribute("aria-label",
      `Chart of training loss against ${axis.label.toLowerCase()}, ${logarithmic ? "logarithmic" : "linear"} loss axis: `
      + runs.map((run) => `${run.name}, ${counted(run.spikes.length)}`).join("; ")
      + `. Left and right arrow keys step through the spikes, ${axis.entries === false ? "" : "Enter shows the entry of one, "}Escape resets the zoom.`);
    describe();
  }

  // -- actions

  function toggle(i) {
    shown[i] = !shown[i];
    toggles[i].setAttribute("aria-pressed", String(shown[i]));
    if (selected && !shown[selected.index]) selected = null;
    plot.setSeries(i + 1, { show: shown[i] });
    refresh();
  }

  function setScale(log) {
    if (log === logarithmic) return;
    logarithmic = log;
    // uPlot settles the kind of an axis at construction.
    build();
    refresh();
  }

  function select(item) {
    selected = item;
    describe();
    if (entryHost.firstChild) openEntry(item, false);
  }

  /* Shows all that is known of a spike below the chart. */
  function openEntry(item, moveFocus) {
    selected = item;
    describe();
    plot.redraw(false);
    if (axis.entries === false) return;
    const close = el("button", { type: "button", class: "close", "aria-label": "Close this entry" }, "Close");
    close.addEventListener("click", closeEntry);
    const entry = ledgerEntry(item.run, item.spike);
    entry.prepend(close);
    entryHost.replaceChildren(entry);
    if (moveFocus) {
      entry.focus({ preventScroll: true });
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      entry.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    }
  }

  function closeEntry() {
    entryHost.replaceChildren();
    host.focus({ preventScroll: true });
    figure.scrollIntoView({ block: "nearest" });
  }

  entryHost.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && entryHost.firstChild) closeEntry();
  });

  function zoomTo(item) {
    select(item);
    const from = onset(item);
    const to = end(item);
    const margin = Math.max(5, Math.ceil((to - from) * 0.6));
    plot.setScale("x", { min: from - margin, max: to + margin });
    plot.redraw(false);
  }

  function stepSpike(direction) {
    const all = spikes();
    if (!all.length) return;
    let i = all.indexOf(selected);
    if (i >= 0) i = (i + direction + all.length) % all.length;
    else if (direction > 0) i = Math.max(0, all.findIndex((item) => item.spike.peak >= view[0]));
    else i = Math.max(0, all.findLastIndex((item) => item.spike.peak <= view[1]));
    zoomTo(all[i]);
  }

  function selectLargest() {
    const all = spikes();
    if (all.length) zoomTo(all.reduce((a, b) => (size(b) > size(a) ? b : a)));
  }

  function resetZoom() {
    const hadFocus = document.activeElement === reset;
    selected = null;
    plot.setScale("x", { min: first, max: last });
    plot.redraw(false);
    describe();
    if (hadFocus) host.focus({ preventScroll: true });
  }

  host.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "ArrowLeft") stepSpike(-1);
    else if (event.key === "ArrowRight") stepSpike(1);
    else if (event.key === "Escape") resetZoom();
    else if (event.key === "Enter" && selected) openEntry(selected, true);
    else return;
    event.preventDefault();
  });

  let pressedAt = 0;
  host.addEventListener("pointerdown", (event) => { pressedAt = event.clientX; });
  host.addEventListener("click", (event) => {
    if (Math.abs(event.clientX - pressedAt) > 4) return;
    const left = event.clientX - plot.over.getBoundingClientRect().left;
    const near = spikes()
      .map((item) => ({ item, distance: Math.abs(plot.valToPos(item.spike.peak, "x") - left) }))
      .filter(({ distance }) => distance <= 6)
      // Where spikes crowd, the examined one is meant.
      .sort((a, b) => Boolean(b.item.spike.entry) - Boolean(a.item.spike.entry)
        || a.distance - b.distance || size(b.item) - size(a.item));
    if (!near.length) return;
    openEntry(near[0].item, false);
  });
  host.addEventListener("dblclick", resetZoom);

  return {
    figure,
    start() {
      build();
      refresh();
      new ResizeObserver(resize).observe(host);
    },
    build,
  };
}
