package org.spikelet.testing.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.sessions.JqwikSession;

/**
 * The two halves of a comparison, for {@code benchmarks/oracle/run}: {@code write KIND COUNT SEED
 * FILE} asks, and {@code compare FRAMEWORK QUESTIONS ANSWERS} judges.
 */
public final class OracleRun {

  private static final ObjectMapper JSON = new ObjectMapper();

  private OracleRun() {}

  /** Exits with 1 if a difference is not explained. */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("write")) {
      write(
          Kind.valueOf(arguments[1].toUpperCase(Locale.ROOT)),
          Integer.parseInt(arguments[2]),
          Long.parseLong(arguments[3]),
          Path.of(arguments[4]));
    } else if (!compare(arguments[1], Path.of(arguments[2]), Path.of(arguments[3]))) {
      System.exit(1);
    }
  }

  private static void write(Kind kind, int count, long seed, Path file) throws IOException {
    JqwikSession.start();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int k = 0; k < count; k++) {
        out.write(line(Question.of(kind, seed + k)));
        out.newLine();
      }
    } finally {
      JqwikSession.finish();
    }
  }

  static String line(Question question) throws IOException {
    return JSON.writeValueAsString(question);
  }

  static Question question(String line) throws IOException {
    return JSON.readValue(line, Question.class);
  }

  /** Prints every unexplained difference with its program, and how often there was what. */
  private static boolean compare(String framework, Path questions, Path answers)
      throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    counts.put("unexplained", 0);
    try (BufferedReader asked = Files.newBufferedReader(questions);
        BufferedReader answered = Files.newBufferedReader(answers)) {
      for (String line = asked.readLine(); line != null; line = asked.readLine()) {
        Question question = question(line);
        String reply = answered.readLine();
        Optional<Difference> difference = difference(question, reply);
        String verdict =
            difference.isPresent()
                ? verdict(question, framework, difference.get())
                : Comparison.zerosDiffer(question.answer(), answer(JSON.readTree(reply)))
                    ? "agree but for the sign of a zero"
                    : "agree";
        counts.merge(verdict, 1, Integer::sum);
        if (verdict.equals("unexplained")) {
          String program = framework.equals("jax") ? question.jax() : question.pytorch();
          System.out.println(question.id() + ": " + difference.orElseThrow() + "\n" + program);
        }
      }
    }
    counts.forEach((verdict, count) -> System.out.printf("%7d %s%n", count, verdict));
    return counts.get("unexplained") == 0;
  }

  /** Compares with a line that another framework answered. */
  static Optional<Difference> difference(Question question, String line) throws IOException {
    if (line == null) {
      return Optional.of(new Difference("refused", "no answer"));
    }
    JsonNode node = JSON.readTree(line);
    if (!node.path("id").asText().equals(question.id())) {
      throw new IOException("the answer to %s is %s".formatted(question.id(), line));
    }
    return node.has("error")
        ? Optional.of(new Difference("refused", node.get("error").asText()))
        : Comparison.difference(question.answer(), answer(node));
  }

  private static Answer answer(JsonNode node) throws IOException {
    return JSON.treeToValue(node.get("answer"), Answer.class);
  }

  static String verdict(Question question, String framework, Difference difference) {
    return question.documented().stream()
        .map(Documented::valueOf)
        .filter(row -> row.explains(framework, difference.quantity()))
        .map(row -> "documented: " + row)
        .findFirst()
        .orElse("unexplained");
  }
}
