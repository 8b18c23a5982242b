package org.spikelet.app;

import java.util.List;
import java.util.concurrent.Callable;
import org.spikelet.app.show.ShowCommand;
import org.spikelet.examples.Example01Number;
import org.spikelet.examples.Example02Line;
import org.spikelet.examples.Example03Xor;
import org.spikelet.examples.Example04Moons;
import org.spikelet.examples.Example05Digits;
import org.spikelet.examples.Example06Penguins;
import org.spikelet.examples.Example07Names;
import org.spikelet.examples.Example08Gpt;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A numbered program.
 *
 * @param id its number, which is also its command
 * @param title what it does
 * @param program its main method
 */
record Example(String id, String title, Program program) {

  /** All programs, in rising difficulty. */
  static final List<Example> ALL =
      List.of(
          new Example("01", "A number with a gradient", Example01Number::main),
          new Example("02", "Fit a line", Example02Line::main),
          new Example("03", "Learn XOR", Example03Xor::main),
          new Example("04", "Two moons and a decision boundary", Example04Moons::main),
          new Example("05", "Read handwritten digits", Example05Digits::main),
          new Example("06", "Tell penguins apart, missing values and all", Example06Penguins::main),
          new Example("07", "Make up names, letter by letter", Example07Names::main),
          new Example("08", "A small GPT that makes up names", Example08Gpt::main));

  /** A program's main method. */
  interface Program {
    /** Runs the program. */
    void run(String... args) throws Exception;
  }

  /** Returns the program as one whose tapes can be shown. */
  ShowCommand.Program toBeShown() {
    return new ShowCommand.Program(id, "Example " + id + ": " + title, program::run);
  }

  /** Returns the program as a command, without options but help. */
  CommandSpec command() {
    Callable<Integer> run =
        () -> {
          program.run();
          return 0;
        };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(run);
    spec.mixinStandardHelpOptions(true);
    spec.usageMessage().description(title + ".");
    return spec;
  }
}
