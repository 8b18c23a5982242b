import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.spikelet.examples.Example08Gpt;
import org.spikelet.examples.Example08Gpt.Gpt;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeDetector;
import org.spikelet.spikes.diagnose.Diagnosis;
import org.spikelet.spikes.diagnose.Examination;
import org.spikelet.spikes.diagnose.SpikeDoctor;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.stability.StabilityWatch;

/**
 * Does the small GPT of program 08 have spikes, and what do the watch and the doctor say of them?
 *
 * <p>"Above the floor" counts the same with the loss less the least that there can be: nobody knows
 * the first letters of a name, and 32 different ones cost at least 32 ln 32 in all.
 *
 * <p>One layer of width 16 with 4 heads, Adam with its defaults but for the learning rate: on 32
 * names at every step, and on batches of 32 of all names. Arguments: the steps (1500), the spikes
 * to examine in each run (2), and the seed (1).
 */
class GptSpikes {

  private static final double[] RATES = {1e-3, 3e-3, 1e-2};

  /** An alarm is right if a spike begins within so many steps, as in the tables for dense nets. */
  private static final int AHEAD = 200;

  public static void main(String[] arguments) throws IOException {
    int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_500;
    int examined = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    int seed = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    List<String> names = names(seed);
    System.out.println(
        "| data | rate | last loss | largest rise, nats | spikes | above the floor | alarms | right"
            + " | above the floor | causes |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    Dataset few = Example08Gpt.examples(names.subList(0, 32));
    long asked = Arrays.stream(few.targets().toArray()).filter(code -> code >= 0).count();
    double floor = 32 * Math.log(32) / asked; // each name is as likely as another
    for (double rate : RATES) {
      run("32 names, full batch", new DataLoader(few, 32), floor, rate, steps, examined, seed);
    }
    Dataset all = Example08Gpt.examples(names);
    for (double rate : RATES) {
      DataLoader loader = new DataLoader(all, 32).withShuffle(seed);
      run("all names, batches of 32", loader, 0, rate, steps, examined, seed);
    }
  }

  private static void run(
      String data,
      DataLoader loader,
      double floor,
      double rate,
      int steps,
      int examined,
      int seed) {
    Gpt gpt = Gpt.of(1, 16, 4, new SplittableRandom(seed));
    Adam adam = new Adam(gpt.parameters(), rate);
    Trainer trainer = new Trainer(gpt::forward, Example08Gpt.LOSS, adam, loader);
    double[] loss = new double[steps];
    List<Long> alarms = new ArrayList<>();
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, gpt.state());
    StabilityWatch.attach(trainer, gpt.state(), warning -> alarms.add(warning.step()));
    trainer.listen(step -> loss[(int) step.number()] = step.loss()).run(steps);

    double[] above = Arrays.stream(loss).map(each -> each - floor).toArray();
    List<Spike> spikesAbove = SpikeDetector.detect(above);
    Examination examination =
        new SpikeDoctor().withDecisiveTreatmentsOnly().withAtMost(examined).examine(recorder);
    Map<String, Integer> causes = new TreeMap<>();
    for (Diagnosis diagnosis : examination.diagnoses()) {
      causes.merge(diagnosis.causes().toString(), 1, Integer::sum);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.4f | %.2f | %d | %d | %d | %d | %d | %s |%n",
        data,
        rate,
        loss[steps - 1],
        largestRise(loss),
        recorder.spikes().size(),
        spikesAbove.size(),
        alarms.size(),
        right(alarms, recorder.spikes()),
        right(alarms, spikesAbove),
        causes);
    examination.diagnoses().forEach(diagnosis -> System.err.println(diagnosis.words() + "\n"));
  }

  /** How many alarms stand before a spike. */
  private static long right(List<Long> alarms, List<Spike> spikes) {
    return alarms.stream()
        .filter(
            alarm ->
                spikes.stream()
                    .mapToLong(Spike::onset)
                    .anyMatch(onset -> onset >= alarm && onset <= alarm + AHEAD))
        .count();
  }

  /** The most that the loss rises above the lowest of the 20 steps before, as a logarithm. */
  private static double largestRise(double[] loss) {
    double largest = 0;
    for (int t = 50; t < loss.length; t++) {
      double lowest = Arrays.stream(loss, t - 20, t).min().getAsDouble();
      largest = Math.max(largest, Math.log(loss[t] / lowest));
    }
    return largest;
  }

  private static List<String> names(int seed) throws IOException {
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                Example08Gpt.class.getResourceAsStream("names.txt"), StandardCharsets.UTF_8))) {
      List<String> names = new ArrayList<>(text.lines().toList());
      Collections.shuffle(names, new Random(seed));
      return names;
    }
  }
}
