package org.spikelet.show;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** What is kept of one tape: its nodes, and what happened in the order of time. */
final class Recording {

  /** More could not be looked at. */
  static final int MOST_OPERATIONS = 600;

  private static final String RELU = "relu";

  /** A walk back that has not ended. */
  private static final class Walk {
    final int number;
    final Map<Integer, double[]> adjoints = new HashMap<>();
    final Map<Integer, Integer> counts = new HashMap<>();
    final List<String> ran = new ArrayList<>();

    /** The operation whose rule is running; −1 if none is. */
    int rule = -1;

    Walk(int number) {
      this.number = number;
    }

    /** Returns the sum, if it has more than one summand. */
    Optional<Values> add(int to, Tensor derivative) {
      double[] summand = derivative.toArray();
      double[] sum = adjoints.putIfAbsent(to, summand);
      counts.merge(to, 1, Integer::sum);
      if (sum == null) {
        return Optional.empty();
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += summand[i];
      }
      return Optional.of(Values.of(derivative.shape(), sum));
    }
  }

  private final List<Node> nodes = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<Tensor, Integer> places = new WeakHashMap<>();
  private final Deque<Walk> walks = new ArrayDeque<>();
  private int operations;
  private int leftOut;
  private int watched;
  private int constants;
  private int begun;
  private boolean over;

  List<Node> nodes() {
    return nodes;
  }

  List<Event> events() {
    return events;
  }

  /** Returns how many operations were kept. */
  int operations() {
    return operations;
  }

  /** Returns how many operations came after those that are kept. */
  int leftOut() {
    return leftOut;
  }

  /** Returns how many walks back began. */
  int walks() {
    return begun;
  }

  boolean isWalked() {
    return begun > 0;
  }

  /** Another tape has begun. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** Keeps an operation if the tape does, and else that the rule that is running computed it. */
  void computed(Tape tape, Operation operation, String layer) {
    Tensor y = operation.output();
    if (!tape.tracks(y)) {
      if (!walks.isEmpty()) {
        walks.peek().ran.add(operation.name());
      }
      return;
    }
    if (operations == MOST_OPERATIONS) {
      leftOut++;
      return;
    }
    List<Node.Operand> operands =
        operation.inputs().stream().map(input -> operand(tape, input.tensor(), layer)).toList();
    Optional<Node> of =
        walks.isEmpty() || walks.peek().rule < 0
            ? Optional.empty()
            : Optional.of(nodes.get(walks.peek().rule));
    operations++;
    Node node =
        new Node(
            nodes.size(),
            Node.Kind.OPERATION,
            "t" + operations,
            operation.name(),
            of.map(Node::layer).orElse(layer),
            operands,
            Values.of(y),
            units(operation),
            of.isPresent() ? of.get().line() : UserLine.current(),
            walks.isEmpty() ? 0 : walks.peek().number,
            of.map(Node::place).orElse(-1));
    add(y, node);
    events.add(new Event.Computed(node.place()));
  }

  private void add(Tensor tensor, Node node) {
    nodes.add(node);
    places.put(tensor, node.place());
  }

  /** A constant number is written where it is used; any other input is a node. */
  private Node.Operand operand(Tape tape, Tensor x, String layer) {
    boolean isLeaf = x instanceof Parameter || tape.tracks(x);
    if (x.shape().rank() == 0 && !isLeaf) {
      return new Node.Operand(-1, Numbers.brief(x.item()));
    }
    int place = place(tape, x, layer);
    return new Node.Operand(place, nodes.get(place).label());
  }

  /** Returns the place of a tensor's node; a tensor that has none is a leaf, and gets one. */
  private int place(Tape tape, Tensor x, String layer) {
    Integer known = places.get(x);
    if (known != null) {
      return known;
    }
    Node.Kind kind = Node.Kind.CONSTANT;
    String label;
    if (x instanceof Parameter parameter) {
      kind = Node.Kind.PARAMETER;
      String name = parameter.name();
      label = layer.isEmpty() || name.contains(".") ? name : layer + "." + name;
    } else if (tape.tracks(x)) {
      kind = Node.Kind.WATCHED;
      label = "x" + ++watched;
    } else {
      label = "c" + ++constants;
    }
    Node leaf =
        new Node(
            nodes.size(),
            kind,
            label,
            "",
            layer,
            List.of(),
            Values.of(x),
            Optional.empty(),
            Optional.empty(),
            0,
            -1);
    add(x, leaf);
    return leaf.place();
  }

  /** Counts the columns of a ReLU that are 0 in every row; with one row nobody can tell. */
  private static Optional<Node.Units> units(Operation operation) {
    Shape shape = operation.output().shape();
    if (!operation.name().equals(RELU) || shape.rank() < 2 || shape.size() == 0) {
      return Optional.empty();
    }
    int columns = shape.dimension(-1);
    int rows = shape.size() / columns;
    double[] values = operation.output().toArray();
    int dead = 0;
    for (int column = 0; column < columns; column++) {
      boolean off = true;
      for (int row = 0; row < rows; row++) {
        off &= values[row * columns + column] == 0;
      }
      dead += off ? 1 : 0;
    }
    return rows < 2 ? Optional.empty() : Optional.of(new Node.Units(rows, columns, dead));
  }

  void walkStarts(Tape tape, Tensor y, Tensor upstream) {
    begun++;
    Walk walk = new Walk(begun);
    walks.push(walk);
    int from = leftOut > 0 ? places.getOrDefault(y, -1) : place(tape, y, "");
    if (from >= 0) {
      walk.add(from, upstream);
      events.add(new Event.WalkStarted(walk.number, from, Values.of(upstream)));
    }
  }

  void ruleStarts(Operation operation) {
    walks.peek().rule = places.getOrDefault(operation.output(), -1);
    walks.peek().ran.clear();
  }

  void ruleEnds(
      Tape tape, Operation operation, Operation.Input input, Tensor gradient, Tensor derivative) {
    Walk walk = walks.peek();
    Integer node = places.get(operation.output());
    if (node == null) { // it was left out; what it adds to those that are kept is in their sums
      Integer kept = places.get(input.tensor());
      if (kept != null) {
        walk.add(kept, derivative);
      }
      return;
    }
    int to = place(tape, input.tensor(), "");
    Optional<Values> sum = walk.add(to, derivative);
    events.add(
        new Event.Added(
            walk.number,
            node,
            operation.inputs().indexOf(input),
            to,
            Values.of(gradient),
            Values.of(derivative),
            walk.counts.get(to),
            sum,
            List.copyOf(walk.ran)));
    walk.rule = -1; // what comes until the next rule adds adjoints
  }

  void walkEnds() {
    walks.pop();
  }
}
