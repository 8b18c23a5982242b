package org.spikelet.app.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import org.spikelet.app.command.OutputFolder;
import org.spikelet.app.command.Progress;

/**
 * Makes all runs that some claims need, each once, one on each thread, and keeps each result in a
 * file as soon as it is there.
 *
 * <p>A run depends on its recipe and its seed alone, so the results are the same whatever the
 * number of threads and the order.
 */
final class Laboratory {

  /** Telling the bar of every step would only cost time. */
  private static final int TOLD_EVERY = 50;

  /** Of many files only the first few are named. */
  private static final int NAMED = 3;

  private final OutputFolder folder;
  private final int seeds;
  private final ToLongFunction<Setup> steps;
  private final int threads;
  private final AtomicInteger finished = new AtomicInteger();
  private final Map<OutcomeFile.State, List<String>> unusable =
      new EnumMap<>(OutcomeFile.State.class);
  private volatile int total;

  /**
   * Prepares a laboratory.
   *
   * @param folder keeps the results
   * @param seeds every recipe runs with the seeds 1 to this
   * @param steps how many steps a run takes
   * @param threads how many runs at once
   */
  Laboratory(OutputFolder folder, int seeds, ToLongFunction<Setup> steps, int threads) {
    this.folder = folder;
    this.seeds = seeds;
    this.steps = steps;
    this.threads = threads;
  }

  /** A run to make. */
  private record Job(Recipe recipe, int seed, long steps) {
    String file() {
      return recipe.id() + "-" + seed + ".json";
    }

    /** About how long it takes: rows seen, with a share for each step. */
    long cost() {
      return allSteps() * (16 + recipe.setup().batchSize());
    }

    /** Some trainings go the way twice. */
    long allSteps() {
      return switch (recipe.setup().twist()) {
        case LOW_POINT, SHARPNESS -> 2 * steps;
        case FROZEN -> steps + 2L * Solution.BATCHES;
        default -> steps;
      };
    }
  }

  /**
   * Makes all runs.
   *
   * @return for each recipe its outcomes, in the order of the seeds
   * @throws IOException if a result cannot be kept; those before it are
   */
  Map<Recipe, List<Outcome>> run(List<Claim> claims) throws IOException, InterruptedException {
    return outcomes(claims, job -> Optional.empty());
  }

  /** Makes the runs that have no result in the folder yet, and takes the others' from there. */
  Map<Recipe, List<Outcome>> resume(List<Claim> claims) throws IOException, InterruptedException {
    return outcomes(claims, this::kept);
  }

  private Map<Recipe, List<Outcome>> outcomes(
      List<Claim> claims, Function<Job, Optional<Outcome>> known)
      throws IOException, InterruptedException {
    Map<Job, Optional<Outcome>> jobs = new LinkedHashMap<>();
    for (Recipe recipe :
        claims.stream().flatMap(claim -> claim.runs().recipes().stream()).distinct().toList()) {
      for (int seed = 1; seed <= seeds; seed++) {
        Job job = new Job(recipe, seed, steps.applyAsLong(recipe.setup()));
        jobs.put(job, known.apply(job));
      }
    }
    total = jobs.size();
    sayWhatIsMadeAnew();
    Map<Job, Outcome> outcomes = work(jobs);
    Map<Recipe, List<Outcome>> byRecipe = new LinkedHashMap<>();
    for (Job job : jobs.keySet()) {
      byRecipe.computeIfAbsent(job.recipe, unused -> new ArrayList<>()).add(outcomes.get(job));
    }
    return byRecipe;
  }

  private Optional<Outcome> kept(Job job) {
    OutcomeFile.Content content =
        OutcomeFile.read(folder.path(job.file()), job.recipe.fingerprint(job.steps));
    if (content.outcome().isEmpty() && content.state() != OutcomeFile.State.MISSING) {
      unusable.computeIfAbsent(content.state(), unused -> new ArrayList<>()).add(job.file());
    }
    return content.outcome();
  }

  /**
   * Says which files were there and could not be used; their runs are made anew. A line for each
   * reason, with the first few names.
   */
  private void sayWhatIsMadeAnew() {
    unusable.forEach(
        (state, files) ->
            System.err.printf(
                "%d of %d files in '%s' are %s; their runs are made anew: %s%s%n",
                files.size(),
                total,
                folder.absolute(),
                state.words(),
                String.join(", ", files.subList(0, Math.min(NAMED, files.size()))),
                files.size() > NAMED ? ", ..." : ""));
  }

  private Map<Job, Outcome> work(Map<Job, Optional<Outcome>> jobs)
      throws IOException, InterruptedException {
    Map<Job, Outcome> outcomes = new LinkedHashMap<>();
    jobs.forEach((job, kept) -> kept.ifPresent(outcome -> outcomes.put(job, outcome)));
    finished.set(outcomes.size());
    // The longest first: a long run begun last would keep one thread busy alone.
    List<Job> open =
        jobs.keySet().stream()
            .filter(job -> !outcomes.containsKey(job))
            .sorted(Comparator.comparingLong(Job::cost).reversed())
            .toList();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Progress progress = new Progress("lab", open.stream().mapToLong(Job::allSteps).sum())) {
      Map<Job, Future<Outcome>> futures = new LinkedHashMap<>();
      for (Job job : open) {
        futures.put(job, pool.submit(() -> make(job, progress)));
      }
      for (Map.Entry<Job, Future<Outcome>> future : futures.entrySet()) {
        outcomes.put(future.getKey(), future.getValue().get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw new IOException(
            "A result could not be written: "
                + failure.getMessage()
                + " "
                + kept()
                + " Go on with --resume.",
            failure);
      }
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** Says how many results are kept. */
  String kept() {
    return finished.get()
        + " of "
        + total
        + " runs are finished and kept in '"
        + folder.absolute()
        + "'.";
  }

  private Outcome make(Job job, Progress progress) throws IOException {
    LongConsumer tell =
        t -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the laboratory was stopped");
          }
          if (t % TOLD_EVERY == TOLD_EVERY - 1) {
            progress.step(
                TOLD_EVERY, finished.get() + " of " + total + " runs, " + job.recipe.id());
          }
        };
    Outcome outcome = Trial.run(job.recipe, job.seed, job.steps, tell);
    folder.write(
        job.file(), file -> OutcomeFile.write(file, job.recipe.fingerprint(job.steps), outcome));
    finished.incrementAndGet();
    return outcome;
  }
}
