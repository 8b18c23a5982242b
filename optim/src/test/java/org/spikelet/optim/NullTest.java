package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/** Null is refused where it is given, and the message names the argument. */
class NullTest {

  private final List<Parameter> w = List.of(Steps.parameter(1));
  private final Sgd sgd = new Sgd(w, 1);
  private final DataLoader loader =
      new DataLoader(new Dataset(Tensor.matrix(new double[] {1}), Tensor.vector(1)), 1);
  private final UnaryOperator<Tensor> model = Tensor::neg;

  @TestFactory
  Stream<DynamicTest> anArgumentThatIsNullIsNamed() {
    return Stream.of(
        named("settings", () -> new Sgd(w, 1, null)),
        named("settings", () -> new Adam(w, 1, null)),
        named("settings", () -> new RmsProp(w, 1, null)),
        named("settings", () -> new AdaGrad(w, 1, null)),
        named("parameters", () -> new Sgd(null, 1)),
        named("schedule", () -> new Sgd(w, null, Sgd.DEFAULTS)),
        named("schedule", () -> sgd.schedule(null)),
        named("form", () -> new Sgd.Settings(0, null, 0, WeightDecay.NONE)),
        named("weightDecay", () -> new Sgd.Settings(0, Sgd.Momentum.HEAVY_BALL, 0, null)),
        named("weightDecay", () -> new AdaGrad.Settings(1, null)),
        named("weightDecay", () -> new RmsProp.Settings(0, 1, 0, RmsProp.Moment.SECOND, null)),
        named(
            "weightDecay",
            () ->
                new Adam.Settings(0, 0, 1, null, Adam.SecondMoment.NEWEST, OptionalDouble.empty())),
        named(
            "secondMoment",
            () -> new Adam.Settings(0, 0, 1, WeightDecay.NONE, null, OptionalDouble.empty())),
        named("model", () -> new Trainer(null, Tensor::sub, sgd, loader)),
        named("loss", () -> new Trainer(model, null, sgd, loader)),
        named("optimizer", () -> new Trainer(model, Tensor::sub, null, loader)),
        named("loader", () -> new Trainer(model, Tensor::sub, sgd, null)),
        named("transformation", () -> new Trainer(model, Tensor::sub, sgd, loader, null)),
        named("trainer", () -> new Checkpoint(null, Map.of())),
        named("state", () -> new Checkpoint(trainer(), null)),
        named("part", () -> new Checkpoint(trainer(), Map.of()).with("x", null)),
        named("name", () -> new Checkpoint(trainer(), Map.of()).with(null, new Saving(List.of()))),
        named(SAVES, () -> save(null)),
        named(SAVES, () -> save(Collections.singletonList(null))),
        named("folder", () -> Checkpoints.open(null, new Checkpoint(trainer(), Map.of()))),
        named("checkpoint", () -> Checkpoints.open(Path.of("x"), null)),
        named("time", () -> Checkpoints.DEFAULTS.withEvery(null)),
        named("listener", () -> new Trainer(model, Tensor::sub, sgd, loader).listen(null)));
  }

  private static final String SAVES = "what " + Saving.class.getName() + " saves";

  /** A part of somebody's own. */
  private record Saving(List<Tensor> save) implements Stateful {
    @Override
    public void restore(List<Tensor> saved) {
      Check.saved("Saving", saved);
    }
  }

  private void save(List<Tensor> tensors) throws IOException {
    new Checkpoint(trainer(), Map.of()).with("mine", new Saving(tensors)).save(Path.of("x"));
  }

  private Trainer trainer() {
    return new Trainer(model, Tensor::sub, sgd, loader);
  }

  private static DynamicTest named(String argument, ThrowingCallable call) {
    return DynamicTest.dynamicTest(
        argument,
        () ->
            assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(argument + ": must not be null"));
  }
}
