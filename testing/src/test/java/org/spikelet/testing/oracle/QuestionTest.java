package org.spikelet.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.spikelet.autodiff.Tensor;
import org.spikelet.testing.Graph;
import org.spikelet.testing.GraphOperation;
import org.spikelet.testing.Tensors;

/** Questions can be repeated, survive a file, and say which documented places they meet. */
class QuestionTest {

  @Property(tries = 100)
  void aSeedGivesTheSameQuestionAgain(@ForAll Kind kind, @ForAll @LongRange(max = 99) long seed)
      throws IOException {
    Question question = Question.of(kind, seed);
    String line = OracleRun.line(question);
    assertThat(line).doesNotContain("\n");
    assertThat(OracleRun.line(Question.of(kind, seed))).isEqualTo(line);
    assertThat(OracleRun.line(OracleRun.question(line))).isEqualTo(line);
    assertThat(Comparison.difference(question.answer(), OracleRun.question(line).answer()))
        .isEmpty();
  }

  @Property(tries = 200)
  void programsOfAKindAreOfThatKind(@ForAll @LongRange(max = 999) long seed) {
    Graph away = Kind.AWAY.program(seed);
    assertThat(Arrays.stream(away.apply(away.inputs()).toArray())).allMatch(v -> Math.abs(v) <= 4);
    assertThat(Kind.EMPTY.program(seed).inputs()).anyMatch(x -> x.size() == 0);
    assertThat(Kind.SPECIAL.program(seed).size()).isEqualTo(1);
    Graph kinks = Kind.KINKS.program(seed);
    assertThat(Arrays.stream(kinks.apply(kinks.inputs()).toArray()))
        .allMatch(v -> Math.abs(v) <= 100);
  }

  @Example
  void programsOnKinksMeetKinks() {
    assertThat(LongStream.range(0, 1000).mapToObj(Kind.KINKS::program))
        .anyMatch(
            graph ->
                Step.of(graph).stream()
                    .anyMatch(s -> s.calls("relu", "abs") && s.anyHas(x -> x == 0)));
  }

  @Example
  void documentedPlacesAreMet() {
    GraphOperation power = GraphOperation.binary("%s.pow(%s)", Tensor::pow);
    Graph graph =
        Tensors.graphs()
            .with(power)
            .onKinksToo()
            .over(List.of(Tensor.vector(0, 0)))
            // A later power may meet a base that other steps have changed.
            .filter(g -> Step.of(g).stream().limit(1).anyMatch(s -> s.code().equals("%s.pow(%s)")))
            .sample();
    assertThat(Documented.met(graph)).contains("POWER_OF_ZERO");
  }

  @Example
  void onlyADocumentedPlaceExplains() throws IOException {
    Question plain = question(List.of());
    Question known = question(List.of("POWER_ZERO"));
    Difference product = new Difference("product", "0[0]: 0.0, not NaN");
    Difference value = new Difference("value", "0[0]: 0.0, not NaN");
    assertThat(OracleRun.verdict(plain, "pytorch", product)).isEqualTo("unexplained");
    assertThat(OracleRun.verdict(known, "pytorch", product)).isEqualTo("documented: POWER_ZERO");
    assertThat(OracleRun.verdict(known, "pytorch", value)).isEqualTo("unexplained");
    assertThat(OracleRun.verdict(known, "jax", product)).isEqualTo("unexplained");
    assertThat(OracleRun.difference(known, "{\"id\": \"x-1\", \"error\": \"E\"}"))
        .contains(new Difference("refused", "E"));
    assertThat(OracleRun.difference(known, null)).contains(new Difference("refused", "no answer"));
    assertThatThrownBy(() -> OracleRun.difference(known, "{\"id\": \"x-2\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the answer to x-1 is ");
  }

  @Example
  void everyDocumentedPlaceHasARowInTheDocument() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "differences.md"));
    for (Documented row : Documented.values()) {
      assertThat(document)
          .as("docs/differences.md has a row for each place where a difference is expected")
          .contains("`" + row.name() + "`");
    }
  }

  private static Question question(List<String> documented) {
    Answer answer = new Answer(List.of(), List.of("0x0.0p0"), List.of(), List.of());
    return new Question("x-1", "", "", "", List.of(), List.of(), documented, answer);
  }
}
