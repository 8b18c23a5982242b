package org.spikelet.app.options;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.spikelet.app.command.Arguments;
import picocli.CommandLine.Option;

/** The options that say which log to read. */
public final class LogOptions {

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "Train nothing; read the log of any training, CSV, JSON lines or trainer_state.json, and"
              + " rank what may be behind its spikes.")
  private Optional<Path> file;

  @Option(
      names = "--steps-per-epoch",
      paramLabel = "N",
      description = "With --log: how many steps an epoch has, if the log does not say.")
  private Optional<Long> stepsPerEpoch;

  /** Made by the command line, which sets the options. */
  public LogOptions() {}

  /** Returns whether there is a log. */
  public boolean isGiven() {
    return file.isPresent();
  }

  /** Returns the log's file. */
  public Path file() {
    return file.orElseThrow();
  }

  /** Returns the length of an epoch, if it was given. */
  public OptionalLong stepsPerEpoch() {
    return stepsPerEpoch.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /** Refuses values that are out of range. */
  public void check(Arguments arguments) {
    stepsPerEpoch.ifPresent(n -> arguments.atLeast(2, "--steps-per-epoch", n));
  }

  /** Refuses what belongs to a log, where there is none. */
  public void checkAbsent(Arguments arguments) {
    if (stepsPerEpoch.isPresent()) {
      throw arguments.wrong("--steps-per-epoch belongs to --log FILE; leave it out");
    }
  }
}
