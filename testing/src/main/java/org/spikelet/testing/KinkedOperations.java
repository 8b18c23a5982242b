package org.spikelet.testing;

import static org.spikelet.testing.Choices.alongAxis;
import static org.spikelet.testing.Choices.binary;
import static org.spikelet.testing.Choices.spelling;
import static org.spikelet.testing.Choices.unary;
import static org.spikelet.testing.Choices.withNumber;

import java.util.List;
import org.spikelet.autodiff.Tensor;

/**
 * The library's operations that have kinks or jumps, simplest first, as Java and PyTorch spell
 * them.
 */
final class KinkedOperations {

  static final List<GraphOperation> ALL =
      List.of(
          unary("%s.relu()", "torch.relu(%s)", "jax.nn.relu(%s)", Tensor::relu),
          unary("%s.abs()", "torch.abs(%s)", Tensor::abs),
          unary("%s.sign()", "torch.sign(%s)", Tensor::sign),
          withNumber(
              "%s.clip(-1, #)", "torch.clip(%s, -1.0, #)", (x, number) -> x.clip(-1, number)),
          withNumber(
              "%s.maximum(#)",
              "torch.maximum(%s, torch.asarray(#))", (x, number) -> x.maximum(number)),
          withNumber(
              "%s.minimum(#)",
              "torch.minimum(%s, torch.asarray(#))", (x, number) -> x.minimum(number)),
          withNumber(
              "%1$s.greaterThan(#).where(%1$s, %1$s.mul(0.5))",
              "torch.where(%1$s > #, %1$s, %1$s * 0.5)",
              (x, number) -> x.greaterThan(number).where(x, x.mul(0.5))),
          withNumber(
              "%1$s.lessThan(#).where(%1$s.square(), %1$s)",
              "torch.where(%1$s < #, torch.square(%1$s), %1$s)",
              (x, number) -> x.lessThan(number).where(x.square(), x)),
          withNumber(
              "%1$s.equalTo(#).where(%1$s.neg(), %1$s)",
              "torch.where(%1$s == #, -%1$s, %1$s)",
              (x, number) -> x.equalTo(number).where(x.neg(), x)),
          unary("%s.max()", "torch.amax(%s)", Tensor::max),
          unary("%s.min()", "torch.amin(%s)", Tensor::min),
          alongAxis("%s.max(#)", "torch.amax(%s, #)", (x, axis) -> x.max(axis)),
          alongAxis("%s.min(#)", "torch.amin(%s, #)", (x, axis) -> x.min(axis)),
          alongAxis(
              spelling("%s.maxKeepDims(#)", "torch.amax(%s, #, keepdim=True)")
                  .inJax("jnp.max(%s, #, keepdims=True)"),
              (x, axis) -> x.maxKeepDims(axis)),
          alongAxis(
              spelling("%s.minKeepDims(#)", "torch.amin(%s, #, keepdim=True)")
                  .inJax("jnp.min(%s, #, keepdims=True)"),
              (x, axis) -> x.minKeepDims(axis)),
          binary("%s.maximum(%s)", "torch.maximum(%s, %s)", Tensor::maximum),
          binary("%s.minimum(%s)", "torch.minimum(%s, %s)", Tensor::minimum),
          binary("%s.mask(%s)", "torch.where(%2$s != 0, %1$s, 0.0)", Tensor::mask),
          binary(
              "%1$s.where(%2$s, %1$s)",
              "torch.where(%1$s != 0, %2$s, %1$s)", (a, b) -> a.where(b, a)),
          binary(
              "%1$s.greaterThan(%2$s).where(%2$s, %1$s.square())",
              "torch.where(%1$s > %2$s, %2$s, torch.square(%1$s))",
              (a, b) -> a.greaterThan(b).where(b, a.square())),
          binary("%s.greaterThan(%s)", "torch.where(%s > %s, 1.0, 0.0)", Tensor::greaterThan),
          binary("%s.lessThan(%s)", "torch.where(%s < %s, 1.0, 0.0)", Tensor::lessThan),
          binary("%s.equalTo(%s)", "torch.where(%s == %s, 1.0, 0.0)", Tensor::equalTo));

  private KinkedOperations() {}
}
