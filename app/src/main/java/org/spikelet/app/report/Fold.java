package org.spikelet.app.report;

import java.util.List;

/**
 * A part of the page that is folded until somebody opens it.
 *
 * @param title of one line
 * @param texts paragraphs
 * @param table rows of a table, the first its header; empty for none
 */
public record Fold(String title, List<String> texts, List<List<String>> table) {

  /** Copies the lists. */
  public Fold {
    texts = List.copyOf(texts);
    table = List.copyOf(table);
  }
}
