package org.spikelet.app.command;

import java.util.function.Supplier;

/**
 * A word at the end when a signal, such as that of Ctrl-C, ends the process while a command runs:
 * what is kept, and how to go on. The exit code is then 130 (SIGINT) or 143 (SIGTERM).
 *
 * <p>Files that are being written are finished first.
 */
final class Interruption implements AutoCloseable {

  private final Thread hook;

  /**
   * Waits for it, until this is closed.
   *
   * @param folder that the command writes into
   * @param words what is said
   */
  Interruption(OutputFolder folder, Supplier<String> words) {
    this.hook =
        new Thread(
            () -> {
              folder.end();
              // After what the progress bar has on its line.
              System.err.printf("%nInterrupted. %s%n", words.get());
              System.err.flush();
            },
            "spikelet-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
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
