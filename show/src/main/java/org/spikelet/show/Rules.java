package org.spikelet.show;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * What each operation is, with its derivative rule, in the words of its Javadoc.
 *
 * <p>The words stand in {@code rules.properties}; {@code RulesTest} compares them with the sources
 * of autodiff, so they cannot go stale.
 */
final class Rules {

  private static final Properties RULES = load();

  private Rules() {}

  private static Properties load() {
    Properties rules = new Properties();
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(Rules.class.getResourceAsStream("rules.properties")),
            StandardCharsets.UTF_8)) {
      rules.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rules;
  }

  /** Returns the words on an operation of the library; nothing for one of the user's. */
  static Optional<String> of(String operation) {
    return Optional.ofNullable(RULES.getProperty(operation));
  }
}
