package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table has a row for each operation, so that none goes untested. */
class OperationTableTest {

  private static final String GUIDE = " (CONTRIBUTING.md, \"Add an operation\")";

  @Test
  void everyOperationHasARow() {
    assertThat(missing(operation -> true, OperationTable.signatures()))
        .as("operations without a row; add one to OperationTable in the tests" + GUIDE)
        .isEmpty();
  }

  @Test
  void everyFunctionOfOneTensorHasAReference() {
    assertThat(
            missing(
                operation ->
                    operation.getDeclaringClass() == Unary.class
                        && operation.getParameterCount() == 0,
                OperationTable.UNARY.stream().map(UnaryRow::signature).toList()))
        .as("functions whose row must be in OperationTable.UNARY, to say their values" + GUIDE)
        .isEmpty();
  }

  @Test
  void everyOperationOnTwoTensorsHasAReference() {
    assertThat(
            missing(
                operation ->
                    operation.getDeclaringClass() == Binary.class
                        && Arrays.equals(
                            operation.getParameterTypes(), new Class<?>[] {Tensor.class}),
                OperationTable.BINARY.stream().map(BinaryRow::signature).toList()))
        .as("operations whose row must be in OperationTable.BINARY, to say their values" + GUIDE)
        .isEmpty();
  }

  @Test
  void everyReductionIsTriedAlongAnAxis() {
    assertThat(
            missing(
                operation ->
                    operation.getDeclaringClass() == Reductions.class
                        && List.of(int.class, int[].class)
                            .containsAll(List.of(operation.getParameterTypes())),
                OperationTable.ALONG_AXES.stream().map(AxisRow::signature).toList()))
        .as("operations whose row must be in OperationTable.ALONG_AXES" + GUIDE)
        .isEmpty();
  }

  @Test
  void everyRowHasAnOperation() {
    List<String> rows = new ArrayList<>(OperationTable.signatures());
    rows.removeAll(operations().map(OperationTableTest::signature).toList());
    assertThat(rows).as("rows of OperationTable without an operation; correct or delete").isEmpty();
  }

  private static List<String> missing(Predicate<Method> kind, List<String> rows) {
    return operations()
        .filter(kind)
        .map(OperationTableTest::signature)
        .filter(signature -> !rows.contains(signature))
        .toList();
  }

  /** The public methods of the families that return a tensor. */
  private static Stream<Method> operations() {
    return Arrays.stream(Tensor.class.getInterfaces())
        .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
        .filter(method -> method.getReturnType() == Tensor.class)
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !method.isSynthetic());
  }

  private static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }
}
