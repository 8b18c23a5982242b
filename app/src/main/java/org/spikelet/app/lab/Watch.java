package org.spikelet.app.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Looks after what runs at the moment: says where a run is that takes no step for long, and which
 * one is over its time.
 *
 * <p>It looks only when it is asked, and at the clock that it is given.
 */
final class Watch {

  private static final long FIRST_WORD = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final Optional<Duration> limit;
  private final Function<StackTraceElement[], Optional<String>> place;
  private final ConcurrentLinkedQueue<Running> running = new ConcurrentLinkedQueue<>();

  /**
   * Looks after nothing yet.
   *
   * @param limit the most time that one may take
   * @param place the reader's line among some calls
   */
  Watch(
      LongSupplier nanoTime,
      Optional<Duration> limit,
      Function<StackTraceElement[], Optional<String>> place) {
    this.nanoTime = nanoTime;
    this.limit = limit;
    this.place = place;
  }

  /** Something that runs on the thread that began it. */
  final class Running implements AutoCloseable {
    private final String words;
    private final Thread thread = Thread.currentThread();
    private final long began = nanoTime.getAsLong();
    private volatile long lastSign = began;
    private final AtomicLong steps = new AtomicLong();
    private long nextWord = FIRST_WORD;
    private long silentSince = began;

    private Running(String words) {
      this.words = words;
    }

    /** One step more. */
    void step() {
      lastSign = nanoTime.getAsLong();
      steps.incrementAndGet();
    }

    private long age() {
      return nanoTime.getAsLong() - began;
    }

    private String where() {
      long taken = steps.get();
      return taken
          + (taken == 1 ? " step" : " steps")
          + " taken"
          + place.apply(thread.getStackTrace()).map(line -> ", now at " + line).orElse("");
    }

    /** What is to be said now: after a minute without a sign, then after twice as long. */
    private Optional<String> word() {
      long since = lastSign;
      if (since != silentSince) {
        silentSince = since;
        nextWord = FIRST_WORD;
      }
      long silent = nanoTime.getAsLong() - since;
      if (silent < nextWord) {
        return Optional.empty();
      }
      nextWord = 2 * nextWord;
      return Optional.of(words + " has taken no step for " + time(silent) + " (" + where() + ").");
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }

  /** Begins to look after something on this thread. */
  Running begin(String words) {
    Running begun = new Running(words);
    running.add(begun);
    return begun;
  }

  /** Returns what there is to say since the last time. */
  List<String> news() {
    List<String> news = new ArrayList<>();
    running.forEach(each -> each.word().ifPresent(news::add));
    return news;
  }

  /** Returns what is over its time. */
  Optional<String> overdue() {
    return limit.flatMap(
        most ->
            running.stream()
                .filter(each -> each.age() > most.toNanos())
                .findFirst()
                .map(
                    each ->
                        each.words
                            + " has taken over "
                            + time(most.toNanos())
                            + ", the limit that --run-limit sets ("
                            + each.where()
                            + ")."));
  }

  /** Returns what has run longest, and for how long. */
  Optional<String> oldest() {
    return running.stream()
        .max(Comparator.comparingLong(Running::age))
        .map(each -> each.words + ": " + time(each.age()));
  }

  private static String time(long nanos) {
    long seconds = nanos / 1_000_000_000;
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
  }
}
