package org.spikelet.app.command;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jline.utils.Signals;
import org.spikelet.optim.TrainingListener;

/**
 * A bar on the terminal for trainings that run at once: steps, losses, and the time left.
 *
 * <p>{@code ./spikelet} says whether there is a terminal. Where there is none, as in a log file, a
 * line is written now and then instead.
 */
public final class Progress implements AutoCloseable {

  private static final boolean TERMINAL = Boolean.getBoolean("spikelet.terminal");

  /** Of a line in a file. */
  private static final int WIDTH = 110;

  /** Telling the bar of every step would only cost time. */
  private static final int EVERY = 20;

  /** 128 and the number of SIGINT. */
  private static final int INTERRUPTED = 130;

  private final ProgressBar bar;
  private final Map<String, String> losses = new ConcurrentSkipListMap<>();

  /** Shows so many steps of all trainings together. */
  public Progress(String task, long steps) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setRenderer(new ProgressLine());
    bar =
        TERMINAL
            ? builder.setUpdateIntervalMillis(500).build()
            : builder
                .setUpdateIntervalMillis(30_000)
                .setConsumer(new DelegatingProgressBarConsumer(new Lines()::print, WIDTH))
                .build();
    if (TERMINAL) {
      // The terminal's library gives signals back to the system, which would end this process
      // without a word of what is kept.
      Signals.register("INT", () -> System.exit(INTERRUPTED));
    }
  }

  /** Returns the listener for one of the trainings. */
  public TrainingListener of(String training) {
    return step -> {
      if (step.number() % EVERY == 0) {
        losses.put(training, String.format(Locale.ROOT, "%s %.2g", training, step.loss()));
        bar.setExtraMessage(String.join(", ", losses.values()));
      }
      bar.step();
    };
  }

  /** Counts so many steps more, of any training, and says what goes on. */
  public void step(long steps, String message) {
    bar.setExtraMessage(message);
    bar.stepBy(steps);
  }

  /** Says what goes on, though no step is finished. */
  public void message(String message) {
    bar.setExtraMessage(message);
  }

  @Override
  public void close() {
    bar.close();
  }

  /** Leaves out what the bar says twice: where it begins, and when it ends. */
  private final class Lines {
    private long last;

    void print(String line) {
      long current = bar == null ? 0 : bar.getCurrent();
      if (current != last) {
        System.err.println(line.stripTrailing());
      }
      last = current;
    }
  }
}
