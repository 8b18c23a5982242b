package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table has a row for each operation, so that none goes untested. */
class OperationTableTest {

  @Test
  void everyOperationHasARow() {
    assertThat(
            operations()
                .filter(operation -> !rows(operation).contains(signature(operation)))
                .map(operation -> signature(operation) + " in " + kind(operation)))
        .as(
            "operations without a row; add each to OperationTable, in autodiff's tests, where it"
                + " says (CONTRIBUTING.md, \"Add an operation\")")
        .isEmpty();
  }

  /** The list in which its row must be. */
  private static String kind(Method operation) {
    Class<?> family = operation.getDeclaringClass();
    List<Class<?>> parameters = List.of(operation.getParameterTypes());
    if (family == Unary.class && parameters.isEmpty()) {
      return "UNARY";
    }
    if (family == Binary.class && parameters.equals(List.of(Tensor.class))) {
      return "BINARY";
    }
    return family == Reductions.class && List.of(int.class, int[].class).containsAll(parameters)
        ? "ALONG_AXES"
        : "the trials";
  }

  private static List<String> rows(Method operation) {
    return switch (kind(operation)) {
      case "UNARY" -> OperationTable.UNARY.stream().map(UnaryRow::signature).toList();
      case "BINARY" -> OperationTable.BINARY.stream().map(BinaryRow::signature).toList();
      case "ALONG_AXES" -> OperationTable.ALONG_AXES.stream().map(AxisRow::signature).toList();
      default -> OperationTable.signatures();
    };
  }

  @Test
  void everyRowHasAnOperation() {
    List<String> rows = new ArrayList<>(OperationTable.signatures());
    rows.removeAll(operations().map(OperationTableTest::signature).toList());
    assertThat(rows).as("rows of OperationTable without an operation; correct or delete").isEmpty();
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
