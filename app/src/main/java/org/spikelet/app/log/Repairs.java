package org.spikelet.app.log;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What had to be mended or left out, counted, with the first line where it was. */
final class Repairs {

  /** What can be wrong with a line. */
  enum Kind {
    CUT("left out: cut off, as the last line of a killed run is"),
    UNREADABLE("left out: cannot be taken apart"),
    OTHER_SEPARATOR("read with another separator than the header's"),
    HEADER_AGAIN("with the header once more, as when a run is started again"),
    NOT_A_NUMBER("left out: the loss is no number"),
    NO_LOSS("left out: without a loss, as those of a validation are"),
    NULL("left out: the loss is null, which some programs write for NaN"),
    BAD_STEP("left out: the step is no number below 10^15");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private record Found(long count, long first) {}

  private final Map<Kind, Found> found = new EnumMap<>(Kind.class);

  void count(Kind kind, long line) {
    found.merge(kind, new Found(1, line), (old, one) -> new Found(old.count + 1, old.first));
  }

  long count(Kind kind) {
    return found.containsKey(kind) ? found.get(kind).count : 0;
  }

  long first(Kind kind) {
    return found.get(kind).first;
  }

  void clear() {
    found.clear();
  }

  /** Returns a line for each kind. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    found.forEach(
        (kind, lines) ->
            words.add(
                String.format(
                    Locale.ROOT,
                    lines.count == 1 ? "Line %2$d %3$s." : "%1$,d lines, from line %2$d on, %3$s.",
                    lines.count,
                    lines.first,
                    kind.text)));
    return words;
  }
}
