package org.spikelet.testing.oracle;

import java.util.List;
import org.spikelet.testing.Graph;

final class Documented {
  private Documented() {}

  static List<String> met(Graph graph) {
    return List.of();
  }
}
