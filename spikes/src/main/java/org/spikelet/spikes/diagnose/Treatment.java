package org.spikelet.spikes.diagnose;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.AdaGc;
import org.spikelet.optim.Adam;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.ZClip;
import org.spikelet.spikes.record.Signals;
import org.spikelet.spikes.replay.Change;
import org.spikelet.spikes.replay.Changes;

/**
 * What is changed in a replay, to see whether the spike goes.
 *
 * <p>A treatment is one constant here: its words, when it belongs to a full examination, and how it
 * is given.
 */
public enum Treatment {
  /** η/2. */
  HALF_RATE("learning rate / 2", When.ALWAYS) {
    @Override
    Protocol protocol(Facts facts) {
      return Protocol.ofArithmetic(seed -> Changes.rateTimes(0.5));
    }
  },

  /** The learning rate no higher than before it was suddenly raised. */
  USUAL_RATE("learning rate as before", When.ASKED_FOR) {
    @Override
    Protocol protocol(Facts facts) {
      double usual = facts.recorded().usualRate();
      return Protocol.ofArithmetic(seed -> Changes.rateAtMost(usual));
    }
  },

  /** The optimizer's moments and counts not set back. */
  KEPT_STATE("optimizer state kept", When.ASKED_FOR) {
    @Override
    Protocol protocol(Facts facts) {
      return Protocol.ofArithmetic(seed -> Changes.remembers());
    }
  },

  /** Adam with an ε as large as the median √v at the start. */
  RAISED_EPSILON("ε raised to the median √v", When.UNDER_ADAM) {
    @Override
    Protocol protocol(Facts facts) {
      return Protocol.ofArithmetic(adam(a -> a.settings().withEpsilon(medianRoot(a))));
    }
  },

  /** Adam with a v that cannot fall. */
  AMSGRAD("AMSGrad", When.UNDER_ADAM) {
    @Override
    Protocol protocol(Facts facts) {
      return Protocol.ofArithmetic(adam(a -> a.settings().withAmsgrad()));
    }
  },

  /** Adam with the update clipping of StableAdamW. */
  CLIPPED_UPDATES("updates clipped", When.UNDER_ADAM) {
    @Override
    Protocol protocol(Facts facts) {
      return Protocol.ofArithmetic(adam(a -> a.settings().withClippedUpdates()));
    }
  },

  /** The gradients' norm no larger than its median before the onset. */
  CLIPPED_GRADIENTS("gradients clipped at their median norm", When.ALWAYS) {
    @Override
    Protocol protocol(Facts facts) {
      double norm = medianNorm(facts.recorded());
      return Protocol.ofArithmetic(seed -> Changes.clipped(norm));
    }
  },

  /** ZClip, warmed up with the norms of the recorded steps before the replay. */
  ZCLIP("ZClip", When.ALWAYS) {
    @Override
    Protocol protocol(Facts facts) {
      List<Tensor> remembered = new NormsBefore(facts.recorded()).remembered(p -> new ZClip());
      return Protocol.ofArithmetic(seed -> Changes.then(restored(new ZClip(), remembered)));
    }
  },

  /**
   * AdaGC, whose γ starts at the first recorded norm and follows the others up to the replay: its
   * own 100 steps of warm-up are more than are recorded.
   */
  ADAGC("AdaGC", When.ALWAYS) {
    @Override
    Protocol protocol(Facts facts) {
      AdaGc.Settings settings = AdaGc.DEFAULTS.withWarmUp(1).withGlobalLimit(Double.MAX_VALUE);
      List<Parameter> trained = facts.recorded().trainer().optimizer().parameters();
      List<Tensor> remembered =
          new NormsBefore(facts.recorded()).remembered(p -> new AdaGc(p, settings));
      return Protocol.ofArithmetic(
          seed -> Changes.then(restored(new AdaGc(trained, settings), remembered)));
    }
  },

  /** Steps skipped as SkipStep does, with the norms and losses of the recorded steps before. */
  SKIPPED_STEPS("steps over 6 deviations skipped", When.ALWAYS) {
    @Override
    Protocol protocol(Facts facts) {
      List<Tensor> remembered = new NormsBefore(facts.recorded()).rememberedWithLosses();
      return Protocol.ofArithmetic(seed -> Changes.skipping(remembered));
    }
  },

  /** Steps along the plain gradient, each as long as the recorded one. */
  EQUAL_STEPS("SGD with steps of the same length", When.ALWAYS) {
    @Override
    Protocol protocol(Facts facts) {
      long first = facts.recorded().firstReplayed();
      double[] lengths =
          facts.replayed().course().steps().stream().mapToDouble(Course.Step::updateNorm).toArray();
      return Protocol.ofArithmetic(seed -> Changes.equalSteps(first, lengths));
    }
  },

  /** The loss of the small last batch as the same rows have it in a batch of the usual size. */
  LOSS_OF_USUAL_SIZE("the loss as in a full batch", When.ASKED_FOR) {
    @Override
    Protocol protocol(Facts facts) {
      RecordedFacts recorded = facts.recorded();
      int small = recorded.batch(recorded.smallLastStep().orElseThrow()).size();
      double times = facts.replayed().lossBySize();
      return Protocol.ofArithmetic(seed -> Changes.lossTimes(1 / times, small));
    }
  },

  /** The peak's batch with random rows added, up to the usual size. */
  FILLED_BATCH("the small batch filled up", When.ASKED_FOR) {
    @Override
    Protocol protocol(Facts facts) {
      RecordedFacts recorded = facts.recorded();
      return Protocol.ofBatch(seed -> Changes.rowsAt(recorded.peak(), filled(recorded, seed)));
    }
  },

  /** Random rows of the others at the peak's step, against the batches before it dealt out anew. */
  OTHER_BATCH("another batch in place of the peak's", When.IN_MINI_BATCHES) {
    @Override
    Protocol protocol(Facts facts) {
      RecordedFacts recorded = facts.recorded();
      long peak = recorded.peak();
      long first = recorded.firstReplayed();
      int size = recorded.peakBatch().size();
      List<int[]> before =
          LongStream.range(first, peak).mapToObj(step -> recorded.batch(step).rows()).toList();
      return Protocol.ofBatch(seed -> Changes.rowsAt(peak, otherRows(recorded, size, seed)))
          .against(
              "the batches before it in another order",
              seed -> Changes.reordered(first, before, seed))
          .withoutPerturbation();
    }
  },

  /** The rows to blame left out of all batches, against as many others of the peak's batch. */
  WITHOUT_TOP_ROWS("the rows with the largest loss left out", When.WITH_ROWS_TO_BLAME) {
    @Override
    Protocol protocol(Facts facts) {
      Set<Integer> top = facts.replayed().topRows();
      int[] others =
          Arrays.stream(facts.recorded().peakBatch().rows())
              .filter(row -> !top.contains(row))
              .toArray();
      return Protocol.ofBatch(seed -> Changes.without(top))
          .against(
              "as many other rows left out",
              seed -> Changes.without(some(others, top.size(), seed)));
    }
  };

  private final String words;
  private final When routine;

  Treatment(String words, When routine) {
    this.words = words;
    this.routine = routine;
  }

  /** Returns a few words for people, such as "learning rate / 2". */
  public String words() {
    return words;
  }

  /** When it belongs to a full examination. */
  When routine() {
    return routine;
  }

  /** How it is given for this spike. */
  abstract Protocol protocol(Facts facts);

  /** Adam with other settings; the recorded one is in the state of the start when they are made. */
  private static Change.Factory adam(Function<Adam, Adam.Settings> other) {
    return seed ->
        Changes.optimizer(
            recorded -> {
              Adam adam = (Adam) recorded;
              return new Adam(adam.parameters(), adam.schedule(), other.apply(adam));
            });
  }

  private static GradientTransformation restored(
      GradientTransformation transformation, List<Tensor> remembered) {
    transformation.restore(remembered);
    return transformation;
  }

  /** The largest number where squares have overflowed; ε as it is where v holds NaN. */
  static double medianRoot(Adam adam) {
    double median =
        Quantile.median(
            IntStream.range(0, adam.parameters().size())
                .mapToObj(adam::preconditioner)
                .flatMapToDouble(Arrays::stream)
                .toArray());
    return Double.isNaN(median) ? adam.settings().epsilon() : Math.min(median, Double.MAX_VALUE);
  }

  private static double medianNorm(RecordedFacts recorded) {
    Signals signals = recorded.recording().signals();
    double[] norms =
        LongStream.range(signals.oldest(), recorded.onset())
            .mapToDouble(signals::gradientNorm)
            .toArray();
    return norms.length == 0 ? 1 : Math.max(Quantile.median(norms), Double.MIN_NORMAL);
  }

  private static int[] randomRows(RecordedFacts recorded, int count, long seed) {
    return Changes.randomRows(recorded.trainer().loader().data().size(), count, seed);
  }

  /** Random rows that are not in the peak's batch, or all of them, if there are no more. */
  private static int[] otherRows(RecordedFacts recorded, int count, long seed) {
    Set<Integer> own =
        Arrays.stream(recorded.peakBatch().rows()).boxed().collect(Collectors.toSet());
    int[] others =
        Arrays.stream(randomRows(recorded, count + own.size(), seed))
            .filter(row -> !own.contains(row))
            .limit(count)
            .toArray();
    return others.length == 0 ? recorded.peakBatch().rows() : others;
  }

  private static Set<Integer> some(int[] rows, int count, long seed) {
    return Arrays.stream(Changes.randomRows(rows.length, count, seed))
        .mapToObj(i -> rows[i])
        .collect(Collectors.toSet());
  }

  private static int[] filled(RecordedFacts recorded, long seed) {
    int[] rows = recorded.peakBatch().rows();
    int full = recorded.usualBatchSize();
    IntStream more =
        Arrays.stream(randomRows(recorded, full, seed))
            .filter(row -> row != rows[0])
            .limit(full - rows.length);
    return IntStream.concat(Arrays.stream(rows), more).toArray();
  }
}
