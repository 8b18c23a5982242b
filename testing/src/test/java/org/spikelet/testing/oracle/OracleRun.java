package org.spikelet.testing.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.sessions.JqwikSession;

public final class OracleRun {

  private static final ObjectMapper JSON = new ObjectMapper();

  private OracleRun() {}

  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "write" ->
          write(
              Kind.valueOf(arguments[1].toUpperCase(Locale.ROOT)),
              Integer.parseInt(arguments[2]),
              Long.parseLong(arguments[3]),
              Path.of(arguments[4]));
      case "compare" -> compare(Path.of(arguments[1]), Path.of(arguments[2]));
      default -> throw new IllegalArgumentException("write or compare, not " + arguments[0]);
    }
  }

  private static void write(Kind kind, int count, long seed, Path file) throws IOException {
    JqwikSession.start();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int k = 0; k < count; k++) {
        out.write(JSON.writeValueAsString(Question.of(kind, seed + k)));
        out.newLine();
      }
    } finally {
      JqwikSession.finish();
    }
  }

  private static void compare(Path questions, Path answers) throws IOException {
    TreeMap<String, Integer> counts = new TreeMap<>();
    try (BufferedReader asked = Files.newBufferedReader(questions);
        BufferedReader answered = Files.newBufferedReader(answers)) {
      String line = answered.readLine();
      while (line != null) {
        Question question = JSON.readValue(asked.readLine(), Question.class);
        JsonNode node = JSON.readTree(line);
        Optional<String> difference =
            node.has("error")
                ? Optional.of("refused: " + node.get("error").asText())
                : Comparison.difference(
                    question.answer(), JSON.treeToValue(node.get("answer"), Answer.class));
        counts.merge(difference.isPresent() ? "differ" : "agree", 1, Integer::sum);
        difference.ifPresent(
            d -> System.out.println(question.id() + ": " + d + "\n" + question.pytorch()));
        line = answered.readLine();
      }
    }
    System.out.println(counts);
  }
}
