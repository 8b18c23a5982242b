package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.spikelet.optim.ResumableRun.Choice;

/** Trained, saved, loaded by fresh objects and trained on is as if it had never stopped. */
class CheckpointProperties {

  @Provide
  Arbitrary<Choice> choices() {
    return Combinators.combine(
            Arbitraries.of(Choice.optimizers()),
            Arbitraries.of(NetTable.rows().keySet()),
            Arbitraries.of(ScheduleTable.rows().keySet()),
            Arbitraries.of(GradientTransformationTable.rows().keySet()))
        .as(Choice::new);
  }

  /** An epoch has four steps: the end of one and its middle are among the steps saved at. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aResumedTrainingHasTheSameBits(
      @ForAll long seed,
      @ForAll("choices") Choice choice,
      @ForAll @IntRange(max = 14) int before,
      @ForAll @IntRange(max = 14) int after) {
    ResumableRun whole = new ResumableRun(seed, choice);
    whole.trainer.run(before + after);

    ResumableRun stopped = new ResumableRun(seed, choice);
    stopped.trainer.run(before);
    List<String> atTheStop = stopped.bits();
    ResumableRun resumed = new ResumableRun(seed, choice);
    resumed.trainer.run(seed & 3); // whatever it has done is gone
    withFile(
        file -> {
          stopped.checkpoint.save(file);
          assertThat(stopped.bits()).as("saving changes nothing").isEqualTo(atTheStop);
          resumed.checkpoint.load(file);
        });
    assertThat(resumed.bits()).isEqualTo(atTheStop);
    resumed.trainer.run(after);
    assertThat(resumed.bits()).isEqualTo(whole.bits());
  }

  private interface Work {
    void with(Path file) throws IOException;
  }

  private static void withFile(Work work) {
    try {
      Path file = Files.createTempFile("checkpoint", ".spk");
      try {
        work.with(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
