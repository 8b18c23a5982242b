package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Each operation has a row in a table, and each row is spelled in every framework. */
class SpellingTest {

  private static final Pattern CALL = Pattern.compile("\\.(\\w+)\\(");
  private static final Pattern OPERAND = Pattern.compile("%(\\d\\$)?s");

  private static final List<Shape> SHAPES =
      List.of(Shape.of(), Shape.of(3), Shape.of(2, 2), Shape.of(1, 2, 2), Shape.of(0, 2));

  @Test
  void everyOperationHasARow() {
    Set<String> called = new TreeSet<>();
    spellings().forEach(s -> CALL.matcher(s.java()).results().forEach(m -> called.add(m.group(1))));
    Set<String> missing = new TreeSet<>();
    Stream.of(Tensor.class.getInterfaces())
        .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
        .filter(method -> method.isDefault() && method.getReturnType() == Tensor.class)
        .forEach(method -> missing.add(method.getName()));
    missing.removeAll(called);
    assertThat(missing)
        .as("operations without a row in SmoothOperations or KinkedOperations: add one for each")
        .isEmpty();
  }

  @Test
  void everyRowIsSpelledInPyTorchAndInJax() {
    for (Spelling spelling : spellings()) {
      assertThat(spelling.pytorch())
          .as("the row of %s must say how PyTorch spells it", spelling.java())
          .isPresent();
      assertThat(spelling.jax())
          .as("the row of %s must say how JAX spells it", spelling.java())
          .isPresent();
    }
  }

  @Test
  void everySpellingTakesTheSameOperands() {
    for (Spelling spelling : spellings()) {
      Set<String> operands = operands(spelling.java());
      assertThat(operands(spelling.pytorch().orElseThrow()))
          .as("%s as %s", spelling.java(), spelling.pytorch())
          .isEqualTo(operands);
      assertThat(operands(spelling.jax().orElseThrow()))
          .as("%s as %s", spelling.java(), spelling.jax())
          .isEqualTo(operands)
          .isNotEmpty();
    }
  }

  @Test
  void noSpellingNamesTheOtherFramework() {
    for (Spelling spelling : spellings()) {
      assertThat(spelling.jax().orElseThrow()).as(spelling.java()).doesNotContain("torch");
      assertThat(spelling.pytorch().orElseThrow()).as(spelling.java()).doesNotContain("jnp", "jax");
    }
  }

  @Test
  void bracketsCloseAndNothingIsLeftToFill() {
    for (Spelling spelling : spellings()) {
      for (String code :
          List.of(
              spelling.java(), spelling.pytorch().orElseThrow(), spelling.jax().orElseThrow())) {
        assertThat(code).doesNotContain("#").doesNotContain("null");
        assertThat(code.chars().filter(c -> "([".indexOf(c) >= 0).count())
            .as(code)
            .isEqualTo(code.chars().filter(c -> ")]".indexOf(c) >= 0).count());
      }
    }
  }

  @Test
  void jaxIsSpelledAsPyTorchIsUnlessItIsSaid() {
    Spelling spelling = Spelling.inJava("%s.tanh()").inPyTorch("torch.tanh(%s)");
    assertThat(spelling.jax()).contains("jnp.tanh(%s)");
    assertThat(spelling.inJax("jax.lax.tanh(%s)").jax()).contains("jax.lax.tanh(%s)");
    assertThat(Spelling.inJava("%s.tanh()").pytorch()).isEmpty();
  }

  /** In the order of use, or by number: operand 1, operand 2. */
  private static Set<String> operands(String code) {
    Set<String> operands = new TreeSet<>();
    int next = 1;
    for (MatchResult found : OPERAND.matcher(code).results().toList()) {
      operands.add(found.group(1) == null ? next++ + "$" : found.group(1));
    }
    return operands;
  }

  /** Those of every row, with every choice, for operands of some shapes. */
  private static List<Spelling> spellings() {
    List<Spelling> spellings = new ArrayList<>();
    Stream.of(SmoothOperations.ALL, KinkedOperations.ALL)
        .flatMap(List::stream)
        .forEach(
            operation ->
                SHAPES.forEach(
                    shape ->
                        IntStream.range(0, 60)
                            .mapToObj(choice -> operation.call(List.of(shape, shape), choice))
                            .forEach(
                                call -> call.ifPresent(made -> spellings.add(made.spelling())))));
    return spellings;
  }
}
