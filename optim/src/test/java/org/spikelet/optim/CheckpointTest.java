package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Module;
import org.spikelet.optim.ResumableRun.Choice;

/** What goes into a checkpoint, and which training it is refused by. */
class CheckpointTest {

  private static final int BEFORE = 8;
  private static final int AFTER = 7;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void path() {
    file = folder.resolve("run.spk");
  }

  /** Each row of each table once; the properties mix them. */
  static Stream<Choice> choices() {
    Choice all = Choice.ALL_OPTIONS;
    Set<Choice> choices = new LinkedHashSet<>();
    for (String name : Choice.optimizers()) {
      choices.add(new Choice(name, all.net(), all.schedule(), all.transformation()));
    }
    for (String name : NetTable.rows().keySet()) {
      choices.add(new Choice(all.optimizer(), name, all.schedule(), all.transformation()));
    }
    for (String name : ScheduleTable.rows().keySet()) {
      choices.add(new Choice(all.optimizer(), all.net(), name, all.transformation()));
    }
    for (String name : GradientTransformationTable.rows().keySet()) {
      choices.add(new Choice(all.optimizer(), all.net(), all.schedule(), name));
    }
    return choices.stream();
  }

  @ParameterizedTest
  @MethodSource("choices")
  void whatFollowsALoadedCheckpointHasTheSameBits(Choice choice) throws IOException {
    ResumableRun whole = new ResumableRun(1, choice);
    whole.trainer.run(BEFORE);
    whole.checkpoint.save(file);
    whole.trainer.run(AFTER);
    ResumableRun resumed = new ResumableRun(1, choice);
    resumed.checkpoint.load(file);
    resumed.trainer.run(AFTER);
    assertThat(resumed.bits()).isEqualTo(whole.bits());
  }

  @Test
  void everyLayerIsInTheTable() {
    assertThat(
            PackageClasses.beside(Module.class).stream()
                .filter(type -> Module.class.isAssignableFrom(type) && !type.isInterface())
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .map(Class::getSimpleName))
        .as("layers; add a row to NetTable for each that is missing")
        .allMatch(name -> NetTable.rows().keySet().stream().anyMatch(row -> row.startsWith(name)))
        .hasSizeGreaterThan(4);
  }

  @Test
  void aNewProcessGoesOnWithTheSameBits() throws Exception {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    run.trainer.run(BEFORE);
    run.checkpoint.save(file);
    run.trainer.run(AFTER);
    String output =
        OwnJvm.run(ResumableRun.class, OwnJvm.sameKernels(), List.of(file.toString(), "" + AFTER));
    assertThat(output.lines().filter(line -> !line.startsWith("WARNING")))
        .containsExactlyElementsOf(run.bits());
  }

  @Test
  void savingReplaces() throws IOException {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    run.checkpoint.save(file);
    run.trainer.run(3);
    run.checkpoint.save(file);
    ResumableRun other = new ResumableRun(1, Choice.ALL_OPTIONS);
    other.checkpoint.load(file);
    assertThat(other.trainer.steps()).isEqualTo(3);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theParametersCanBeReadAlone() throws IOException {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    run.trainer.run(3);
    run.checkpoint.save(file);
    Map<String, Tensor> parameters = Checkpoint.parameters(file);
    assertThat(parameters.keySet())
        .containsExactlyElementsOf(run.net.state().keySet())
        .contains("1.0.runningMean");
    parameters.forEach(
        (path, tensor) ->
            assertThat(tensor.toArray()).containsExactly(run.net.state().get(path).toArray()));
  }

  /** NaN with any payload, infinities and negative zero come back as they were. */
  @Test
  void everyBitOfADoubleIsKept() throws IOException {
    double payload = Double.longBitsToDouble(0x7ff8_0000_dead_beefL);
    Parameter odd =
        Parameter.frozen(
            "odd", Tensor.vector(payload, -0.0, Double.NEGATIVE_INFINITY, Double.MIN_VALUE));
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    Map<String, Parameter> state = new LinkedHashMap<>(run.net.state());
    state.put("odd", odd);
    Checkpoint checkpoint = new Checkpoint(run.trainer, state);
    checkpoint.save(file);
    odd.assign(Tensor.zeros(Shape.of(4)));
    checkpoint.load(file);
    assertThat(Arrays.stream(odd.toArray()).mapToLong(Double::doubleToRawLongBits))
        .containsExactly(
            0x7ff8_0000_dead_beefL,
            1L << 63,
            Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
            1L);
  }

  /** What the optimizer trains is saved, also where the state that was handed over lacks it. */
  @Test
  void aParameterOfTheOptimizerAloneIsSavedToo() throws IOException {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    Checkpoint checkpoint = new Checkpoint(run.trainer, Map.of());
    checkpoint.save(file);
    double[] before = run.net.parameters().get(0).toArray();
    run.trainer.run(1);
    checkpoint.load(file);
    assertThat(run.net.parameters().get(0).toArray()).containsExactly(before);
  }

  private static final class Counter implements Stateful {
    private double count;

    @Override
    public List<Tensor> save() {
      return List.of(Tensor.scalar(count));
    }

    @Override
    public void restore(List<Tensor> saved) {
      Check.saved("Counter", saved, 1);
      count = saved.get(0).item();
    }
  }

  @Test
  void somethingElseThatEvolvesIsSavedUnderItsName() throws IOException {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    Counter counter = new Counter();
    counter.count = 5;
    run.checkpoint.with("counter", counter).save(file);
    counter.count = 6;
    run.checkpoint.load(file);
    assertThat(counter.count).isEqualTo(5);
    for (String taken : List.of("counter", "optimizer", "measure", "listener 1")) {
      assertThatThrownBy(() -> run.checkpoint.with(taken, counter))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("checkpoint: there is a part '" + taken + "' already; take another name");
    }
  }

  /** Loads into another training, which must be as it was then. */
  private void assertRefused(Choice saved, Choice other, String... words) throws IOException {
    ResumableRun run = new ResumableRun(1, saved);
    run.trainer.run(BEFORE);
    run.checkpoint.save(file);
    ResumableRun present = new ResumableRun(1, other);
    present.trainer.run(2);
    assertRefused(present, () -> present.checkpoint.load(file), words);
  }

  private void assertRefused(ResumableRun present, ThrowingCallable load, String... words) {
    List<String> before = present.bits();
    assertThatThrownBy(load)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "load: '" + file + "' is of another training; nothing is changed:\n- ")
        .satisfies(e -> assertThat(e.getMessage().lines().skip(1)).containsExactly(words));
    assertThat(present.bits()).isEqualTo(before);
  }

  private static Choice optimizer(String name) {
    return new Choice(name, "Dropout", "constant", "ZClip");
  }

  @Test
  void anotherRuleIsRefused() throws IOException {
    assertRefused(
        optimizer("SGD"),
        optimizer("Adam"),
        "- optimizer was org.spikelet.optim.Sgd, here it is org.spikelet.optim.Adam");
  }

  @Test
  void otherSettingsAreNamedOneByOne() throws IOException {
    assertRefused(
        optimizer("Adam"),
        optimizer("Adam, betas, epsilon"),
        "- optimizer (Adam) had beta1=0.9, here beta1=0.5",
        "- optimizer (Adam) had beta2=0.999, here beta2=0.9",
        "- optimizer (Adam) had epsilon=1.0E-8, here epsilon=0.001");
    assertRefused(
        optimizer("Adam"),
        optimizer("AdamW"),
        "- optimizer (Adam) had weightDecay=WeightDecay[inGradient=0.0, decoupled=0.0], here"
            + " weightDecay=WeightDecay[inGradient=0.0, decoupled=0.1]");
  }

  static List<String> optimizers() {
    return Choice.optimizers();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void noOtherRowOfTheTableTakesItsState(String saved) throws IOException {
    new ResumableRun(1, optimizer(saved)).checkpoint.save(file);
    for (String name : optimizers()) {
      ResumableRun other = new ResumableRun(1, optimizer(name));
      if (name.equals(saved)) {
        other.checkpoint.load(file);
      } else {
        assertThatThrownBy(() -> other.checkpoint.load(file))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("\n- optimizer");
      }
    }
  }

  @Test
  void anotherNetIsRefusedWithAllThatDiffers() throws IOException {
    Choice dense = new Choice("SGD, momentum", "Dense", "constant", "ZClip");
    Choice norm = new Choice("SGD, momentum", "LayerNorm", "constant", "ZClip");
    assertRefused(
        dense,
        norm,
        "- parameter '1.weight' had shape 4×4, here 4",
        "- parameter '1.bias' is not in the checkpoint",
        "- the optimizer's 'updates' had shape 5, here 6",
        "- the optimizer's 'momentum of 1.weight' had shape 4×4, here 4",
        "- the optimizer's 'momentum of 1.bias' is not in the checkpoint");
  }

  @Test
  void anotherScheduleIsRefusedAndEverythingIsAsBefore() throws IOException {
    assertRefused(
        new Choice("Adam", "Dropout", "constant", "ZClip"),
        new Choice("Adam", "Dropout", "linear", "ZClip"),
        "- the learning rate of step 7 was 0.03, the schedule here gives 0.019850000000000003;"
            + " schedules come from the program, not from the file: load with the one that was"
            + " saved, and set another one then");
  }

  @Test
  void anotherTransformationIsRefused() throws IOException {
    assertRefused(
        new Choice("Adam", "Dropout", "constant", "ZClip"),
        new Choice("Adam", "Dropout", "constant", "AdaGc"),
        "- transformation was org.spikelet.optim.ZClip, here it is org.spikelet.optim.AdaGc");
  }

  @Test
  void anotherLoaderAndOtherDataAreRefused() throws IOException {
    new ResumableRun(1, Choice.ALL_OPTIONS).checkpoint.save(file);
    ResumableRun other = new ResumableRun(2, Choice.ALL_OPTIONS);
    assertThatThrownBy(() -> other.checkpoint.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("- the loader had shuffle=1, here shuffle=2\n")
        .hasMessageContaining("- the loader had data=");
  }

  @Test
  void listenersThatAreMissingOrMoreAreNamed() throws IOException {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    run.checkpoint.save(file);
    run.trainer.listen(new History());
    assertRefused(
        run,
        () -> run.checkpoint.load(file),
        "- the checkpoint has nothing for listener 4 (History)");
    run.checkpoint.save(file);
    ResumableRun fewer = new ResumableRun(1, Choice.ALL_OPTIONS);
    assertRefused(
        fewer,
        () -> fewer.checkpoint.load(file),
        "- the checkpoint has a state for listener 4 (History), which is not here");
  }

  /** A part that refuses when the others are restored already. */
  @Test
  void aPartThatRefusesLeavesAllOthersAsTheyWere() throws IOException {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    run.trainer.run(BEFORE);
    run.checkpoint.with("window", new SkipStep(new SkipStep.Settings(16, 1))).save(file);
    ResumableRun other = new ResumableRun(1, Choice.ALL_OPTIONS);
    other.trainer.run(2);
    other.checkpoint.with(
        "window",
        new Stateful() {
          @Override
          public List<Tensor> save() {
            return List.of();
          }

          @Override
          public void restore(List<Tensor> saved) {
            Check.saved("Other", saved);
          }
        });
    List<String> before = other.bits();
    assertThatThrownBy(() -> other.checkpoint.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("window was org.spikelet.optim.SkipStep, here it is");
    assertThat(other.bits()).isEqualTo(before);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    assertThatThrownBy(() -> run.checkpoint.load(file))
        .isInstanceOf(IOException.class)
        .hasMessage("load: '" + file + "' could not be read (there is no '" + file + "')");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    Path lost = folder.resolve("lost").resolve("run.spk");
    assertThatThrownBy(() -> run.checkpoint.save(lost))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "save: '%s' could not be written (there is no folder '%s'); what was there before is there still",
            lost, lost.getParent());
  }

  @Test
  void aFolderInsteadOfAFileIsNamed() {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    assertThatThrownBy(() -> run.checkpoint.load(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("load: '" + folder + "' could not be read (");
    assertThatThrownBy(() -> Checkpoint.parameters(folder))
        .hasMessageStartingWith("load: '" + folder + "' could not be read (");
  }

  @Test
  void anInterruptedThreadIsTheReason() throws IOException {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    run.checkpoint.save(file);
    List<ThrowingCallable> calls =
        List.of(() -> run.checkpoint.save(file), () -> run.checkpoint.load(file));
    for (ThrowingCallable call : calls) {
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(call)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("'" + file + "' could not be")
            .hasMessageContaining("(the thread was interrupted)");
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
    run.checkpoint.load(file);
  }
}
