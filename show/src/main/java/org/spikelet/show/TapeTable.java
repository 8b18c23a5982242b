package org.spikelet.show;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A tape as a table for a terminal of 80 columns. */
final class TapeTable {

  private static final String ROW = "%-5s %-7s %-30s %-12s %s";
  private static final int LINE = 80;

  private TapeTable() {}

  static String of(String title, Recording recording) {
    StringBuilder text = new StringBuilder(title).append("\n\n");
    line(text, ROW.formatted("", "layer", "operation", "shape", "values"));
    for (Event event : recording.events()) {
      if (event instanceof Event.Computed computed) {
        computed(text, recording.nodes(), recording.nodes().get(computed.node()));
      } else if (event instanceof Event.WalkStarted start) {
        String from = recording.nodes().get(start.node()).label();
        text.append('\n');
        line(
            text,
            "Walk back " + start.walk() + ", from " + from + " with " + values(start.upstream()));
      } else if (event instanceof Event.Added added) {
        added(text, recording.nodes(), added);
      }
    }
    if (recording.leftOut() > 0) {
      line(text, "and " + recording.leftOut() + " operations more, which are not kept");
    }
    return text.toString();
  }

  private static void computed(StringBuilder text, List<Node> nodes, Node node) {
    String operands =
        node.operands().stream().map(Node.Operand::text).collect(Collectors.joining(", "));
    String of = node.derivativeOf() < 0 ? "" : "  d" + nodes.get(node.derivativeOf()).label();
    line(
        text,
        ROW.formatted(
            node.label(),
            shortened(node.layer(), 7),
            shortened(node.name() + "(" + operands + ")" + of, 30),
            shape(node.values()),
            values(node.values()) + units(node.units())));
  }

  private static void added(StringBuilder text, List<Node> nodes, Event.Added added) {
    Node from = nodes.get(added.node());
    String to = nodes.get(added.to()).label();
    line(
        text,
        ROW.formatted(
            from.label(),
            shortened(from.layer(), 7),
            shortened(from.name() + (added.count() > 1 ? " adds to d" : " gives d") + to, 30),
            shape(added.derivative()),
            added.sum().map(sum -> "sum " + values(sum)).orElse(values(added.derivative()))));
  }

  private static String shape(Values values) {
    return values.shape().rank() == 0 ? "scalar" : values.shape().toString();
  }

  /** Returns the value of one element, else the range, and how many are not finite. */
  private static String values(Values values) {
    if (values.shape().size() == 1) {
      return Numbers.brief(values.first().get(0));
    }
    if (values.shape().size() == 0) {
      return "empty";
    }
    String range =
        values.notFinite() == values.shape().size()
            ? "none finite"
            : Numbers.brief(values.least()) + " … " + Numbers.brief(values.greatest());
    return values.isFinite() ? range : range + ", NaN or ±∞: " + values.notFinite();
  }

  private static String units(Optional<Node.Units> units) {
    return units
        .filter(some -> some.dead() > 0)
        .map(some -> ", dead " + some.dead() + "/" + some.all())
        .orElse("");
  }

  private static void line(StringBuilder text, String line) {
    text.append(shortened(line.stripTrailing(), LINE)).append('\n');
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
