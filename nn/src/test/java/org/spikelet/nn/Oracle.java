package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Reads the files of reference numbers from PyTorch, and compares with them. */
final class Oracle {

  private Oracle() {}

  /** The cases of a file among the test resources. */
  static List<JsonNode> cases(String file) {
    try (InputStream in = Oracle.class.getResourceAsStream("/" + file)) {
      List<JsonNode> cases = new ArrayList<>();
      new ObjectMapper()
          .readTree(Objects.requireNonNull(in, file))
          .get("cases")
          .forEach(cases::add);
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number or nested arrays of numbers. */
  static Tensor tensor(JsonNode json) {
    List<Integer> dimensions = new ArrayList<>();
    for (JsonNode level = json; level.isArray(); level = level.get(0)) {
      dimensions.add(level.size());
    }
    List<Double> values = new ArrayList<>();
    collect(json, values);
    return Tensor.of(
        Shape.of(dimensions.stream().mapToInt(Integer::intValue).toArray()),
        values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void collect(JsonNode json, List<Double> values) {
    if (json.isArray()) {
      json.forEach(element -> collect(element, values));
    } else {
      assertThat(json.isNumber()).as("%s is a number", json).isTrue();
      values.add(json.doubleValue());
    }
  }

  /** Requires |a − b| ≤ tolerance · max(1, |b|) for each element a, b being the expected one. */
  static void assertClose(String what, Tensor actual, JsonNode json, double tolerance) {
    Tensor expected = tensor(json);
    assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
    double[] a = actual.toArray();
    double[] b = expected.toArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(Math.abs(a[i] - b[i]))
          .as("%s[%d]: %s, expected %s", what, i, a[i], b[i])
          .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(b[i])));
    }
  }
}
