package org.spikelet.app.learn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.spikelet.app.learn.check.Exercise;

/**
 * A chapter of the course: a text, a Java file with gaps, checks.
 *
 * <p>Its resources are in a folder {@code chapterNN} beside this class, its checks in a package of
 * that name.
 *
 * @param number 1, 2, …
 * @param className the class of the course that the learner completes
 */
record Chapter(int number, String title, String className) {

  /** All chapters, in their order. */
  static final List<Chapter> ALL =
      List.of(
          new Chapter(1, "A derivative as a measurement", "Slope"),
          new Chapter(2, "A rule for each operation", "Rules"),
          new Chapter(3, "The chain, recorded", "Tape"),
          new Chapter(4, "Walking back, and values used twice", "Backward"),
          new Chapter(5, "Arrays, and broadcasting's adjoint", "Matrix"),
          new Chapter(6, "The matrix product", "Graph"),
          new Chapter(7, "Checking by differences, and why the step matters", "Differences"),
          new Chapter(8, "A layer, a loss, log-sum-exp without overflow", "Layers"),
          new Chapter(9, "SGD, momentum, Adam", "Optimizers"),
          new Chapter(10, "The spikes", "Training"),
          new Chapter(11, "Derivatives of derivatives, and η·λ", "Curvature"),
          new Chapter(12, "Memory and speed, and the library's core", "Pool"));

  /** Returns whether somebody who writes this means its number. */
  boolean isNumbered(String words) {
    return words.matches("0*" + number);
  }

  /** Returns the name of its package and of its folder of resources. */
  String folder() {
    return String.format(Locale.ROOT, "chapter%02d", number);
  }

  /** Returns the name of the class of its checks. */
  String checks() {
    return Chapter.class.getPackageName() + "." + folder() + ".Checks" + number;
  }

  /** Returns the name of its Java file. */
  String fileName() {
    return className + ".java";
  }

  /** Returns our solution, and where its gaps are. */
  Exercise exercise() {
    return Exercise.of(className);
  }

  /** Returns the text to read, in Markdown. */
  String text() {
    return resource("text.md");
  }

  /** Returns why we wrote it as we did, in Markdown. */
  String why() {
    return resource("why.md");
  }

  private String resource(String name) {
    try (InputStream in = Chapter.class.getResourceAsStream(folder() + "/" + name)) {
      if (in == null) {
        throw new IllegalStateException("chapter " + number + " has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
