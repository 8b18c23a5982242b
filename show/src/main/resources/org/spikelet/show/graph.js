// ---------------------------------------------------------------- folding

const FOLD_ABOVE = 60;
const DRAWN_AT_MOST = 400;

/* Which layer a node folds into: the outermost name, parted by forward pass and walk. */
function foldOf(node) {
  if (!node.layer || node.kind === "constant") return null;
  return `${node.walk}/${node.layer.split(".")[0]}`;
}

const foldTitle = (key) => {
  const [walk, layer] = key.split("/");
  return (walk === "0" ? "layer " : "derivative of layer ") + layer;
};

function folds(nodes) {
  const found = new Map();
  nodes.forEach((node, place) => {
    const key = foldOf(node);
    if (key) found.set(key, [...(found.get(key) || []), place]);
  });
  for (const [key, members] of found) {
    const operations = members.filter((place) => nodes[place].kind === "operation");
    if (operations.length === 0 || members.length < 2) found.delete(key);
  }
  return found;
}

// ---------------------------------------------------------------- the graph

const LINE_HEIGHT = 17;

function titleOf(node) {
  if (node.kind !== "operation") return node.label;
  return `${node.label}  ${node.name}`;
}

/* A number in place of an input stands in the node: add 1. */
function numbersIn(node) {
  const given = node.operands.filter(([place]) => place < 0).map(([, text]) => text);
  return given.length ? ` ${given.join(", ")}` : "";
}

function drawGraph(box, data, closed, folded) {
  // Where each node is drawn: by itself, or as its layer.
  const drawn = data.nodes.map((node, place) => {
    const key = foldOf(node);
    return key && folded.has(key) && closed.has(key) ? key : place;
  });
  const ids = [...new Set(drawn)];
  if (ids.length > DRAWN_AT_MOST) {
    box.replaceChildren(el("p", { class: "muted" },
      `${counts.format(ids.length)} nodes are too many to draw; all are in the list.`));
    return { drawn, elements: new Map(), edges: [] };
  }
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 22, ranksep: 34, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  const texts = new Map();
  for (const id of ids) {
    const text = typeof id === "string" ? foldText(data, folded, id) : nodeText(data.nodes[id]);
    // A third line, for what must not be overlooked.
    const dead = membersOf(data, folded, id).reduce((sum, node) => sum + (node.units ? node.units[2] : 0), 0);
    if (dead > 0) text.push(`${counts.format(dead)} dead`);
    texts.set(id, text);
    const longest = Math.max(...text.map((line) => line.length));
    graph.setNode(String(id), { width: Math.max(72, 6.8 * longest + 20), height: 10 + LINE_HEIGHT * text.length });
  }
  const pairs = new Map();
  data.nodes.forEach((node, place) => {
    for (const [input] of node.operands) {
      if (input < 0 || drawn[input] === drawn[place]) continue;
      const key = `${drawn[input]}>${drawn[place]}`;
      if (!pairs.has(key)) {
        pairs.set(key, { from: drawn[input], to: drawn[place] });
        graph.setEdge(String(drawn[input]), String(drawn[place]));
      }
    }
  });
  dagre.layout(graph);
  const { width, height } = graph.graph();
  const picture = svg("svg", {
    width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `The graph of ${plural(data.nodes.filter((n) => n.kind === "operation").length, "operation")}`,
  });
  const marks = svg("defs");
  for (const id of ["arrow", "arrow-uses", "arrow-gives"]) {
    marks.append(svg("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8,
      markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" }, svg("path", { d: "M0 0L8 4L0 8Z" })));
  }
  picture.append(marks);
  const edges = [...pairs.values()].map((pair) => {
    const { points } = graph.edge(String(pair.from), String(pair.to));
    const path = svg("path", { class: "edge", d: curve(points), "marker-end": "url(#arrow)" });
    picture.append(path);
    return { ...pair, path };
  });
  const elements = new Map();
  for (const id of ids) {
    const at = graph.node(String(id));
    const group = svg("g", { class: nodeClass(data, id), transform: `translate(${at.x - at.width / 2} ${at.y - at.height / 2})` });
    group.append(svg("rect", { width: at.width, height: at.height, rx: typeof id === "string" ? 12 : 6 }));
    texts.get(id).forEach((line, i) => {
      const text = svg("text", { x: at.width / 2, y: 18 + LINE_HEIGHT * i, class: ["", "sub", "flag"][i] });
      text.textContent = line;
      group.append(text);
    });
    if (membersOf(data, folded, id).some((node) => node.values.notFinite > 0)) group.classList.add("bad");
    picture.append(group);
    elements.set(id, { group, at });
  }
  box.replaceChildren(picture);
  return { drawn, elements, edges };
}

function nodeText(node) {
  const held = shapeAndValue(node.values);
  const sub = node.kind === "constant" ? `constant ${held}`
    : node.kind === "operation" && node.layer ? `layer ${node.layer} · ${held}` : held;
  return [titleOf(node) + numbersIn(node), sub];
}

function shapeAndValue(values) {
  return values.size === 1 ? number(values.first[0]) : values.shape;
}

function foldText(data, folded, key) {
  const members = folded.get(key).map((place) => data.nodes[place]);
  const operations = members.filter((node) => node.kind === "operation");
  return [foldTitle(key), `${plural(operations.length, "operation")}, ${shapeAndValue(operations.at(-1).values)}`];
}

function nodeClass(data, id) {
  const members = typeof id === "string" ? [] : [data.nodes[id]];
  const classes = ["node"];
  if (typeof id === "string") classes.push("fold");
  if (typeof id === "string" ? !id.startsWith("0/") : data.nodes[id].walk > 0) classes.push("derivative");
  if (members.some((node) => node.kind !== "operation")) classes.push("leaf");
  return classes.join(" ");
}

/* The nodes that are drawn as one. */
function membersOf(data, folded, id) {
  return typeof id === "string" ? folded.get(id).map((place) => data.nodes[place]) : [data.nodes[id]];
}

function curve(points) {
  const [first, ...rest] = points;
  let d = `M${first.x} ${first.y}`;
  for (let i = 0; i < rest.length - 1; i++) {
    const end = i === rest.length - 2 ? rest[i + 1] : { x: (rest[i].x + rest[i + 1].x) / 2, y: (rest[i].y + rest[i + 1].y) / 2 };
    d += `Q${rest[i].x} ${rest[i].y} ${end.x} ${end.y}`;
  }
  return rest.length === 1 ? `${d}L${rest[0].x} ${rest[0].y}` : d;
}
