package org.spikelet.app.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Experiments' files for tests. */
final class Experiments {

  private static final String IMPORTS =
      """
      import java.util.List;
      import java.util.concurrent.atomic.AtomicInteger;
      import org.spikelet.app.experiment.*;
      import org.spikelet.nn.Losses;
      import org.spikelet.optim.Adam;
      """;

  private Experiments() {}

  /** Writes the file of a class with these members. */
  static Path write(Path folder, String name, String members) throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(
        folder.resolve(name + ".java"),
        IMPORTS + "public final class " + name + " implements Experiment {\n" + members + "}\n");
  }

  /** Writes a file with these claims. */
  static Path claims(Path folder, String name, String claims) throws IOException {
    return write(
        folder,
        name,
        """
          private final Setup plain = Setup.FLAGSHIP;
          public List<Claim> claims() {
            return List.of(%s);
          }
        """
            .formatted(claims));
  }

  /** Writes a file that compares another loss with the flagship's. */
  static Path loss(Path folder, String name, String loss) throws IOException {
    return claims(
        folder,
        name,
        """
        Claim.of("another-loss", "Another loss brings spikes.")
            .with(plain.named("another").withLoss(%s).adam())
            .without(plain.adam())
            .brings(Measure.SPIKES)"""
            .formatted(loss));
  }
}
