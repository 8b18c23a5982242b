package org.spikelet.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.user.OperationProfile.Cost;

/** Two observers as a user would write them. */
class ObserverExamplesTest {

  @Test
  void aPictureOfTheTapeAndOfTheWalkBack() {
    TapePicture picture = new TapePicture();
    try (Tape tape = Tape.record(picture)) {
      Tensor x = tape.watch(Tensor.scalar(2));
      picture.name("x", x);
      Tensor y = x.mul(x.square()).add(1); // x³ + 1
      assertThat(tape.gradients(y).of(x).item()).isEqualTo(12);
    }
    assertThat(picture.toString().lines())
        .containsExactly(
            "t1 = square(x)               4.0",
            "t2 = mul(x, t1)              8.0",
            "t3 = add(t2, 1.0)            9.0",
            "dt3 starts as                1.0",
            "dt2 gets, by add from dt3    1.0",
            "dx gets, by mul from dt2     4.0",
            "dt1 gets, by mul from dt2    2.0",
            "dx gets, by square from dt1  8.0");
  }

  @Test
  void parametersHaveTheirNamesInThePicture() {
    TapePicture picture = new TapePicture();
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape tape = Tape.record(picture)) {
      assertThat(w.neg().mul(tape.watch(Tensor.scalar(5))).item()).isEqualTo(-15);
    }
    assertThat(picture.toString().lines())
        .containsExactly("t1 = neg(w)                  -3.0", "t3 = mul(t1, a leaf)         -15.0");
  }

  @Test
  void aProfileOfOperations() {
    AtomicLong clock = new AtomicLong();
    OperationProfile profile = new OperationProfile(() -> clock.getAndAdd(10));
    try (Tape tape = Tape.record(profile)) {
      Tensor x = tape.watch(Tensor.ones(Shape.of(4, 5)));
      Tensor loss = x.exp().add(1).exp().sum();
      assertThat(tape.gradients(loss).of(x).size()).isEqualTo(20);
    }
    assertThat(profile.costs())
        .containsEntry("exp", new Cost(2, 40, 20))
        .containsEntry("sum", new Cost(1, 1, 10))
        .containsEntry("add", new Cost(1, 20, 10));
    assertThat(profile.toString().lines()).contains("exp        2 calls     40 elements     20 ns");
  }
}
