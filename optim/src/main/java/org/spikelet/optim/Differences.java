package org.spikelet.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.file.Section;

/** In what a saved training and the present one differ, in words. */
final class Differences {

  /** The sections whose tensors have the same shapes at every step, and what they are called. */
  private static final Map<String, String> FIXED =
      Map.of(
          Parts.TRAINING, "the loader's",
          Parts.PARAMETERS, "parameter",
          Parts.OPTIMIZER, "the optimizer's");

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  /** Compares what does not evolve; both have at least one section. */
  static List<String> of(Map<String, Section> saved, Map<String, Section> here) {
    Differences differences = new Differences();
    Set<String> names = new LinkedHashSet<>(saved.keySet());
    names.addAll(here.keySet());
    for (String name : names) {
      Section there = saved.get(name);
      Section present = here.get(name);
      if (there == null) {
        differences.found.add("the checkpoint has nothing for " + of(present));
      } else if (present == null) {
        differences.found.add(
            "the checkpoint has a state for " + of(there) + ", which is not here");
      } else if (!there.kind().equals(present.kind())) {
        differences.found.add(
            "%s was %s, here it is %s".formatted(name, there.kind(), present.kind()));
      } else {
        differences.settings(there, present);
        if (FIXED.containsKey(name)) {
          differences.shapes(there, present);
        }
      }
    }
    return differences.found;
  }

  private static String simple(String kind) {
    return kind.substring(kind.lastIndexOf('.') + 1);
  }

  private void shapes(Section saved, Section here) {
    String what = FIXED.get(saved.name());
    Map<String, Shape> there = shapes(saved);
    Map<String, Shape> present = shapes(here);
    Set<String> names = new LinkedHashSet<>(there.keySet());
    names.addAll(present.keySet());
    for (String name : names) {
      if (!there.containsKey(name)) {
        found.add("%s '%s' is not in the checkpoint".formatted(what, name));
      } else if (!present.containsKey(name)) {
        found.add("%s '%s' of the checkpoint is not here".formatted(what, name));
      } else if (!there.get(name).equals(present.get(name))) {
        found.add(
            "%s '%s' had shape %s, here %s"
                .formatted(what, name, there.get(name), present.get(name)));
      }
    }
  }

  private static Map<String, Shape> shapes(Section section) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> entry : section.tensors().entrySet()) {
      shapes.put(entry.getKey(), entry.getValue().shape());
    }
    return shapes;
  }

  private void settings(Section saved, Section here) {
    if (saved.settings().equals(here.settings())) {
      return;
    }
    List<String> there = pieces(saved.settings());
    List<String> present = pieces(here.settings());
    if (there.size() != present.size()) {
      found.add("%s had %s, here %s".formatted(of(saved), saved.settings(), here.settings()));
      return;
    }
    for (int k = 0; k < there.size(); k++) {
      if (!there.get(k).equals(present.get(k))) {
        found.add("%s had %s, here %s".formatted(of(saved), there.get(k), present.get(k)));
      }
    }
  }

  private static String of(Section section) {
    return section.kind().isEmpty()
        ? section.name()
        : section.name() + " (" + simple(section.kind()) + ")";
  }

  /** The components of a record's text, {@code Name[a=1, b=Other[c=2, d=3]]}. */
  private static List<String> pieces(String text) {
    int open = text.indexOf('[');
    if (open < 0 || !text.endsWith("]")) {
      return List.of(text);
    }
    List<String> pieces = new ArrayList<>();
    int depth = 0;
    int from = open + 1;
    for (int i = from; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (depth == 0 && c == ',') {
        pieces.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    pieces.add(text.substring(from, text.length() - 1).strip());
    return pieces;
  }
}
