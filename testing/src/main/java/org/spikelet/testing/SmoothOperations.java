package org.spikelet.testing;

import static org.spikelet.testing.Choices.alongAxis;
import static org.spikelet.testing.Choices.binary;
import static org.spikelet.testing.Choices.spelling;
import static org.spikelet.testing.Choices.unary;
import static org.spikelet.testing.Choices.withNumber;

import java.util.List;
import org.spikelet.autodiff.Tensor;

/**
 * The library's operations that have derivatives of every order, simplest first, as Java and
 * PyTorch spell them.
 */
final class SmoothOperations {

  static final List<GraphOperation> ALL =
      List.of(
          unary("%s.neg()", "-%s", Tensor::neg),
          withNumber("%s.add(#)", "%s + #", (x, number) -> x.add(number)),
          withNumber("%s.sub(#)", "%s - #", (x, number) -> x.sub(number)),
          withNumber("%s.mul(#)", "%s * #", (x, number) -> x.mul(number)),
          withNumber("%s.div(#)", "%s / #", (x, number) -> x.div(number)),
          binary("%s.add(%s)", "%s + %s", Tensor::add),
          binary("%s.sub(%s)", "%s - %s", Tensor::sub),
          binary("%s.mul(%s)", "%s * %s", Tensor::mul),
          binary("%s.div(%s)", "%s / %s", Tensor::div),
          unary("%s.square()", "torch.square(%s)", Tensor::square),
          unary("%s.exp()", "torch.exp(%s)", Tensor::exp),
          unary("%s.expm1()", "torch.expm1(%s)", Tensor::expm1),
          unary("%s.log()", "torch.log(%s)", Tensor::log),
          unary("%s.log1p()", "torch.log1p(%s)", Tensor::log1p),
          unary("%s.sqrt()", "torch.sqrt(%s)", Tensor::sqrt),
          unary("%s.sin()", "torch.sin(%s)", Tensor::sin),
          unary("%s.cos()", "torch.cos(%s)", Tensor::cos),
          unary("%s.tanh()", "torch.tanh(%s)", Tensor::tanh),
          unary("%s.sigmoid()", "torch.sigmoid(%s)", "jax.nn.sigmoid(%s)", Tensor::sigmoid),
          unary(
              "%s.softplus()",
              "torch.nn.functional.softplus(%s)", "jax.nn.softplus(%s)", Tensor::softplus),
          unary("%s.erf()", "torch.erf(%s)", "jax.scipy.special.erf(%s)", Tensor::erf),
          unary(
              "%s.gelu()",
              "torch.nn.functional.gelu(%s)", "jax.nn.gelu(%s, approximate=False)", Tensor::gelu),
          withNumber("%s.pow(#)", "torch.pow(%s, #)", (x, number) -> x.pow(number)),
          binary("%s.pow(%s)", "torch.pow(%s, %s)", Tensor::pow),
          unary("%s.sum()", "torch.sum(%s)", Tensor::sum),
          unary("%s.mean()", "torch.mean(%s)", Tensor::mean),
          alongAxis("%s.sum(#)", "torch.sum(%s, axis=#)", (x, axis) -> x.sum(axis)),
          alongAxis("%s.mean(#)", "torch.mean(%s, axis=#)", (x, axis) -> x.mean(axis)),
          alongAxis(
              spelling("%s.sumKeepDims(#)", "torch.sum(%s, axis=#, keepdim=True)")
                  .inJax("jnp.sum(%s, axis=#, keepdims=True)"),
              (x, axis) -> x.sumKeepDims(axis)),
          alongAxis(
              spelling("%s.meanKeepDims(#)", "torch.mean(%s, axis=#, keepdim=True)")
                  .inJax("jnp.mean(%s, axis=#, keepdims=True)"),
              (x, axis) -> x.meanKeepDims(axis)),
          alongAxis(
              spelling("%s.logSumExp(#)", "torch.logsumexp(%s, #)")
                  .inJax("jax.scipy.special.logsumexp(%s, #)"),
              (x, axis) -> x.logSumExp(axis)),
          alongAxis(
              spelling("%s.logSumExpKeepDims(#)", "torch.logsumexp(%s, #, keepdim=True)")
                  .inJax("jax.scipy.special.logsumexp(%s, #, keepdims=True)"),
              (x, axis) -> x.logSumExpKeepDims(axis)),
          alongAxis(
              spelling("%s.softmax(#)", "torch.softmax(%s, #)").inJax("jax.nn.softmax(%s, #)"),
              (x, axis) -> x.softmax(axis)),
          alongAxis(
              spelling("%s.logSoftmax(#)", "torch.log_softmax(%s, #)")
                  .inJax("jax.nn.log_softmax(%s, #)"),
              (x, axis) -> x.logSoftmax(axis)),
          binary("%s.matmul(%s)", "torch.matmul(%s, %s)", Tensor::matmul),
          binary(
              "%1$s.affine(%2$s, %2$s.sum(0))",
              "%1$s @ %2$s + torch.sum(%2$s, axis=0)", (a, b) -> a.affine(b, b.sum(0))),
          GraphOperation.of(2, Moves::transposedProduct),
          unary("%s.reshape(-1)", "torch.reshape(%s, (-1,))", x -> x.reshape(-1)),
          unary("%s.reshape(-1, 1)", "torch.reshape(%s, (-1, 1))", x -> x.reshape(-1, 1)),
          unary("%s.transpose()", "torch.swapaxes(%s, -2, -1)", Tensor::transpose),
          GraphOperation.of(1, Moves::permute),
          GraphOperation.of(1, Moves::broadcastTo),
          GraphOperation.of(1, Moves::sumTo),
          GraphOperation.of(1, Moves::slice),
          GraphOperation.of(1, Moves::pad),
          GraphOperation.of(2, Moves::concatenate),
          GraphOperation.of(1, Moves::gatherRows),
          GraphOperation.of(1, Moves::scatterRows),
          GraphOperation.of(1, Moves::pick),
          GraphOperation.of(1, Moves::unpick));

  private SmoothOperations() {}

  /** Returns those with this many operands. */
  static List<GraphOperation> with(int operands) {
    return ALL.stream().filter(operation -> operation.operands() == operands).toList();
  }
}
