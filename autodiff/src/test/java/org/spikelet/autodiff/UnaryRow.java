package org.spikelet.autodiff;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A row of {@link OperationTable}: a function of one tensor, element by element, and what it does
 * to one number, said independently.
 *
 * @param domain the operands at which to differentiate it
 * @param ulps how far a normal number may be off; 0, subnormal numbers, ±∞ and NaN are exact
 */
record UnaryRow(
    String name,
    UnaryOperator<Tensor> operation,
    DoubleUnaryOperator ofNumber,
    Domain domain,
    int ulps) {

  static UnaryRow of(String name, UnaryOperator<Tensor> operation, DoubleUnaryOperator ofNumber) {
    return new UnaryRow(name, operation, ofNumber, Domain.SIGNED, 0);
  }

  UnaryRow onPositive() {
    return new UnaryRow(name, operation, ofNumber, Domain.POSITIVE, ulps);
  }

  UnaryRow within(int ulps) {
    return new UnaryRow(name, operation, ofNumber, domain, ulps);
  }

  String signature() {
    return name + "()";
  }

  /** Checks that it does to these numbers in a tensor what it does to each of them. */
  void assertValues(double... numbers) {
    Tensor y = operation.apply(Tensor.vector(numbers));
    for (int i = 0; i < numbers.length; i++) {
      double expected = ofNumber.applyAsDouble(numbers[i]);
      Agreement.assertSame(y.at(i), expected, ulps, name + " of " + numbers[i]);
    }
  }

  Trial trial(Sample s) {
    return Trial.of(operation, domain.draw(s, s.shape()));
  }
}
