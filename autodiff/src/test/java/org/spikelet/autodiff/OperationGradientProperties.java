package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Every operation has the right first and second derivatives, for any shapes that go together, as
 * central differences tell.
 */
class OperationGradientProperties {

  @Property(tries = 4000)
  void derivativesAgreeWithCentralDifferencesToSecondOrder(
      @ForAll("operations") String operation, @ForAll("shapes") Shape shape, @ForAll long seed) {
    OperationTable.Trial trial = OperationTable.trial(operation, new Sample(shape, seed));
    new GradientCheck()
        .order(2)
        .seed(seed)
        .check(operation, trial.function(), trial.inputs().toArray(Tensor[]::new));
  }

  @Example
  void noOperationIsMissingFromTheTable() {
    List<String> declared =
        Stream.of(
                Arithmetic.class,
                Functions.class,
                Reductions.class,
                Rearrangements.class,
                Products.class)
            .flatMap(group -> Arrays.stream(group.getDeclaredMethods()))
            .filter(method -> method.getReturnType() == Tensor.class)
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> !method.isSynthetic())
            .map(OperationGradientProperties::signature)
            .toList();
    assertThat(OperationTable.signatures()).containsExactlyInAnyOrderElementsOf(declared);
  }

  private static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }

  @Provide
  Arbitrary<String> operations() {
    return Arbitraries.of(OperationTable.signatures());
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Sample.shapes();
  }
}
