package org.spikelet.autodiff;

import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/**
 * A row of {@link OperationTable}: an operation on two tensors, element by element, and what it
 * does to two numbers, said independently.
 *
 * @param domain the first operands at which to differentiate it; the second are signed
 * @param ulps how far a normal number may be off; 0, subnormal numbers, ±∞ and NaN are exact
 */
record BinaryRow(
    String name,
    BinaryOperator<Tensor> operation,
    DoubleBinaryOperator ofNumbers,
    Domain domain,
    int ulps) {

  static BinaryRow of(
      String name, BinaryOperator<Tensor> operation, DoubleBinaryOperator ofNumbers) {
    return new BinaryRow(name, operation, ofNumbers, Domain.SIGNED, 0);
  }

  BinaryRow onPositive() {
    return new BinaryRow(name, operation, ofNumbers, Domain.POSITIVE, ulps);
  }

  BinaryRow within(int ulps) {
    return new BinaryRow(name, operation, ofNumbers, domain, ulps);
  }

  String signature() {
    return name + "(Tensor)";
  }

  Trial trial(Sample s) {
    Tensor a = domain.draw(s, s.weakened(s.shape()));
    return Trial.of(operation, a, s.signed(s.weakened(s.shape())));
  }
}
