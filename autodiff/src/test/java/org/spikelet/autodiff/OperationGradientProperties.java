package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.spikelet.autodiff.check.GradientCheck;

/**
 * Every operation has the right first and second derivatives, for any shapes that go together, as
 * central differences tell.
 */
@AddLifecycleHook(Seeds.class)
class OperationGradientProperties {

  /** Each try checks every operation. */
  @Property(tries = 70)
  void derivativesAgreeWithCentralDifferencesToSecondOrder(
      @ForAll("shapes") Shape shape, @ForAll long seed) {
    for (String operation : OperationTable.signatures()) {
      OperationTable.Trial trial = OperationTable.trial(operation, new Sample(shape, seed));
      new GradientCheck()
          .withOrder(2)
          .withSeed(seed)
          .check(operation, trial.function(), trial.inputs().toArray(Tensor[]::new));
    }
  }

  @Example
  void noOperationIsMissingFromTheTable() {
    List<String> declared =
        Stream.of(
                Unary.class,
                Binary.class,
                Reductions.class,
                Movement.class,
                Indexing.class,
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
  Arbitrary<Shape> shapes() {
    return Sample.shapes();
  }
}
