package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** Modules nested too deep are refused with words, before the stack overflows. */
class NestingTest {

  /** A composite of one's own, which knows nothing of limits. */
  private record Wrapper(Module inside) implements Module {
    @Override
    public Tensor forward(Tensor x) {
      return inside.forward(x);
    }

    @Override
    public Map<String, Module> children() {
      return Map.of("inside", inside);
    }
  }

  private static Module wrapped(Module innermost, int times) {
    Module module = innermost;
    for (int i = 0; i < times; i++) {
      module = new Wrapper(module);
    }
    return module;
  }

  private static Module nested(Module innermost, int times) {
    Module module = innermost;
    for (int i = 0; i < times; i++) {
      module = Sequential.of(module);
    }
    return module;
  }

  @Test
  void twentyThousandSequentials() {
    assertThatThrownBy(() -> nested(Activation.RELU, 20_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "modules: they are nested more than 500 deep, or one contains itself; put layers that"
                + " follow one another into one Sequential");
  }

  @Test
  void twentyThousandCompositesOfOnesOwn() {
    Module deep = wrapped(Dense.of(2, 2, new SplittableRandom(1)), 20_000);
    for (Runnable walk :
        List.<Runnable>of(
            deep::parameters,
            deep::state,
            deep::train,
            deep::eval,
            deep::training,
            () -> Sequential.of(deep),
            () -> Summary.of(deep, Shape.of(1, 2)))) {
      assertThatThrownBy(walk::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("nested more than 500 deep");
    }
  }

  @Test
  void aModuleThatContainsItself() {
    Map<String, Module> children = new LinkedHashMap<>();
    Module snake =
        new Module() {
          @Override
          public Tensor forward(Tensor x) {
            return x;
          }

          @Override
          public Map<String, Module> children() {
            return children;
          }
        };
    children.put("tail", snake);
    assertThatThrownBy(snake::parameters).hasMessageContaining("or one contains itself");
  }

  /** On half the usual stack, and with a body of the JVM that has compiled nothing yet. */
  @Test
  void whatIsAllowedDoesNotOverflowTheStack() throws Exception {
    Module deep = nested(Dense.of(2, 2, new SplittableRandom(1)), 490);
    Callable<Integer> use =
        () -> {
          deep.train();
          deep.eval();
          assertThat(deep.training()).isFalse();
          assertThat(deep.state()).hasSize(2);
          assertThat(Summary.of(deep, Shape.of(1, 2))).contains("Dense");
          try (Tape tape = Tape.record()) {
            Gradients gradients = tape.gradients(deep.forward(Tensor.ones(Shape.of(1, 2))).sum());
            assertThat(gradients.of(deep.parameters().get(0)).size()).isEqualTo(4);
          }
          return deep.parameters().size();
        };
    FutureTask<Integer> task = new FutureTask<>(use);
    Thread thread = new Thread(null, task, "small stack", 512 * 1024);
    thread.start();
    assertThat(task.get()).isEqualTo(2);
  }

  @Test
  void aSharedModuleIsNotWalkedAnewAtEachUse() {
    Module module = Activation.RELU;
    for (int i = 0; i < 25; i++) {
      module = Sequential.of(module, module); // 2²⁵ paths, 26 modules
    }
    assertThat(module.children()).hasSize(2);
  }

  @Test
  void aLongRowIsNotDeep() {
    Module[] layers = new Module[20_000];
    Arrays.fill(layers, Activation.RELU);
    Module row = Sequential.of(layers);
    assertThat(row.forward(Tensor.vector(-1, 2)).toArray()).containsExactly(0, 2);
    assertThat(row.parameters()).isEmpty();
  }
}
