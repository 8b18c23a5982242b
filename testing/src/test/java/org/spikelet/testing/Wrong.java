package org.spikelet.testing;

import java.util.Arrays;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Tensor;

/** Operations with a wrong rule, to be found. */
public final class Wrong {

  private Wrong() {}

  /** x³ with the rule of 2 · x³. */
  public static Tensor cube(Tensor x) {
    Tensor y = Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(v -> v * v * v).toArray());
    return Operation.enter("cube", y, Operation.wrt(x, g -> g.mul(x.square()).mul(6)));
  }

  /** x³, right to the first order only: the rule reads numbers from the tensor. */
  public static Tensor frozenCube(Tensor x) {
    Tensor y = Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(v -> v * v * v).toArray());
    return Operation.enter("frozenCube", y, Operation.wrt(x, g -> g.mul(x.copy().square()).mul(3)));
  }

  /** a · b that forgets its second operand when the first is the same tensor. */
  public static Tensor forgetfulProduct(Tensor a, Tensor b) {
    Tensor y = a.detach().mul(b.detach()).copy();
    return a == b
        ? Operation.enter("product", y, Operation.wrt(a, g -> g.mul(b)))
        : Operation.enter(
            "product",
            y,
            Operation.wrt(a, g -> g.mul(b).sumTo(a.shape())),
            Operation.wrt(b, g -> g.mul(a).sumTo(b.shape())));
  }
}
