package org.spikelet.app.command;

import java.util.function.Supplier;

/**
 * A word at the end when a signal, such as that of Ctrl-C, ends the process while a command runs:
 * what is kept, and how to go on. The exit code is then 130 (SIGINT) or 143 (SIGTERM).
 */
final class Interruption implements AutoCloseable {

  private final Thread hook;
  private volatile Supplier<String> words = () -> "Nothing was begun.";

  /**
   * Does not wait for it yet.
   *
   * @param end is done first: it finishes what is being written
   */
  Interruption(Runnable end) {
    this.hook =
        new Thread(
            () -> {
              end.run();
              // After what the progress bar has on its line.
              System.err.printf("%nInterrupted. %s%n", words.get());
              System.err.flush();
            },
            "spikelet-interrupted");
  }

  /** Waits for it until this is closed. */
  void await() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  /** Says these words. */
  void say(Supplier<String> other) {
    words = other;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook says so.
    }
  }
}
