package org.spikelet.app.learn.chapter10;

import course.Graph;
import course.Graph.Variable;
import course.Optimizers;
import course.Training;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.spikelet.app.learn.chapter10.Curve.Rule;
import org.spikelet.app.learn.chapter10.Loop.Slip;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Property;

/** The loss of the net, its training beside a loop of ours, and what counts as a spike. */
public final class Checks10 implements Checks {

  private static final String RELU =
      "relu is missing. It follows the first and the second layer: without it the three layers"
          + " together are no more than one.";

  /** Made by the checker. */
  public Checks10() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(loss(), gradients(), training(), spikes(), untouched());
  }

  private static Property<Net> loss() {
    return Property.of("the loss", Net.some())
        .program(Net::text)
        .labels(net -> List.of("the loss"))
        .yours(
            net -> {
              Graph graph = new Graph();
              List<Variable> p = net.parameters().stream().map(graph::variable).toList();
              return Training.loss(p, graph.variable(net.x()), graph.variable(net.y()))
                  .value()
                  .toArray();
            })
        .expected(net -> one(net.squares() / net.numbers()))
        .mistake("relu", RELU, net -> one(net.squares(false, false, false) / net.numbers()))
        .mistake(
            "relu",
            RELU + " It is there after the first.",
            net -> one(net.squares(true, false, false) / net.numbers()))
        .mistake(
            "relu",
            RELU + " It is there after the second.",
            net -> one(net.squares(false, true, false) / net.numbers()))
        .mistake(
            "relu-at-the-end",
            "relu follows the last layer, too. The answers may be negative, as the targets are.",
            net -> one(net.squares(true, true, true) / net.numbers()))
        .mistake(
            "rows-only",
            "You divide by the number of rows. It is a mean over all numbers: rows times columns.",
            net -> one(net.squares() / net.y().rows()))
        .mistake(
            "divided-twice",
            "You divide by the number of rows twice. It is a mean over all numbers: one division,"
                + " by rows times columns.",
            net -> one(net.squares() / net.numbers() / net.y().rows()))
        .mistake(
            "divided-twice",
            "You divide by the number of all numbers twice; once makes a mean of the sum.",
            net -> one(net.squares() / net.numbers() / net.numbers()))
        .mistake(
            "not-a-mean",
            "This is the sum of the squares. The loss is their mean: divide by rows times columns.",
            net -> one(net.squares()))
        .mistake(
            "whole-numbers",
            "1 / (rows * columns) is a division of whole numbers, and mostly 0: write 1.0.",
            net -> one(net.numbers() == 1 ? net.squares() : 0))
        .mistake(
            "half",
            "This is half of the mean squared error.",
            net -> one(net.squares() / net.numbers() / 2))
        .mistake(
            "not-squared",
            "This is the mean of the errors' sizes. They are to be squared.",
            net -> one(net.sizes() / net.numbers()));
  }

  /** A loss whose number is right may have been computed with what is not recorded. */
  private static Property<Net> gradients() {
    return Property.of("the gradients of the loss", Net.some())
        .program(net -> net.text("graph.gradients(Training.loss(p, x, y), p)"))
        .labels(Net::names)
        .yours(net -> net.gradients(Training::loss))
        .expected(net -> net.gradients(Net::loss))
        .mistake(
            "cut",
            "No derivative arrives: the loss is computed with matrices, value(), and nothing is"
                + " recorded. Use the operations of variables.",
            net -> new double[net.names().size()]);
  }

  private static Property<Curve> untouched() {
    return Property.of("the losses are as they were", Curve.some())
        .program(curve -> curve.text() + ";\nlosses")
        .labels(
            curve ->
                IntStream.range(0, curve.losses().size())
                    .mapToObj(i -> "losses[" + i + "]")
                    .toList())
        .yours(
            curve -> {
              double[] losses = curve.numbers();
              return Training.spikes(losses) < 0 ? new double[0] : losses;
            })
        .expected("before", 0, Curve::numbers);
  }

  private static Property<Integer> training() {
    Property<Integer> training =
        Property.of("the training", List.of(1, 2, 3, 30))
            .program(Loop::text)
            .labels(Loop::labels)
            .yours(
                n -> {
                  Training made = Loop.training();
                  return Loop.numbers(made.run(n, Loop::optimizer), made.parameters());
                })
            .expected("by our loop", 1e-9, n -> Loop.run(n, Slip.NONE));
    slip(
        training,
        Slip.LOSS_AFTER,
        "loss-after-step",
        "These are losses after the step. The loss of a step is the one whose gradient it takes:"
            + " keep its number before the weights move.");
    slip(
        training,
        Slip.NOT_KEPT,
        "not-kept",
        "It trains, but the losses are all 0: keep the loss's number in losses[step].");
    slip(
        training,
        Slip.NOT_PUT_BACK,
        "never-trains",
        "The weights never move; nothing is learned. Each optimizer's step must be asked for; and"
            + " toArray gives a copy, so the moved numbers must be put back, with parameters.set.");
    slip(
        training,
        Slip.STALE_VARIABLES,
        "stale-variables",
        "The weights move, but each step sees the first ones: the variables are made once, before"
            + " the loop, and hold stale values. Make graph and variables anew in each step.");
    slip(
        training,
        Slip.ONE_BATCH,
        "one-batch",
        "All steps see the first batch. Draw one in each step: call next() in the loop.");
    slip(
        training,
        Slip.TWO_BATCHES,
        "two-batches",
        "The inputs are from one batch and the targets from the next. Call next() once a step, and"
            + " take both from what it returns.");
    slip(
        training,
        Slip.FIRST_ONLY,
        "first-parameter",
        "Only the first weights move. Each parameter has its own gradient and optimizer.");
    slip(
        training,
        Slip.NO_BIASES,
        "no-biases",
        "The biases do not move. They are parameters as the weights are: all six are moved.");
    slip(
        training,
        Slip.NEW_OPTIMIZERS,
        "forgetful",
        "The optimizers are made anew in each step, and forget what they remember. They are there,"
            + " made once, before the loop.");
    return training.thrown(
        "shared-optimizer",
        "An optimizer is used for a parameter of another size. Each parameter has its own:"
            + " optimizers.get(i).",
        e ->
            e instanceof ArrayIndexOutOfBoundsException
                && e.getStackTrace()[0].getClassName().startsWith(Optimizers.class.getName()));
  }

  private static void slip(Property<Integer> training, Slip slip, String name, String hint) {
    training.mistake(name, hint, n -> Loop.run(n, slip));
  }

  private static Property<Curve> spikes() {
    return Property.of("the spikes", Curve.some())
        .program(Curve::text)
        .labels(curve -> List.of("spikes"))
        .yours(curve -> one(Training.spikes(curve.numbers())))
        .expected(curve -> one(curve.begins(Rule.RIGHT)))
        .mistake(
            "each-step",
            "You count each high loss. A spike that lasts for several steps counts once: where the"
                + " loss before was not high.",
            number(curve -> curve.steps(Rule.RIGHT)))
        .mistake(
            "mean",
            "You compare with the mean of the last 20. One high loss among them lifts it; that is"
                + " why the rule takes the median.",
            number(curve -> curve.begins(Rule.RIGHT.centre(Curve::mean))))
        .mistake(
            "not-sorted",
            "You take the middle of the last 20 as they come. For a median they must be sorted.",
            number(curve -> curve.begins(Rule.RIGHT.centre(Curve::unsorted))))
        .mistake(
            "middle",
            "Of 20 numbers two are in the middle, and the median is their mean; you take the"
                + " upper one. (The same comes out if the loss itself is a 21st among them.)",
            number(curve -> curve.begins(Rule.RIGHT.centre(Curve::upper))))
        .mistake(
            "middle",
            "Of 20 numbers two are in the middle, and the median is their mean; you take the"
                + " lower one.",
            number(curve -> curve.begins(Rule.RIGHT.centre(Curve::lower))))
        .mistake(
            "itself",
            "The loss itself is among those that it is compared with. Take the 20 before it.",
            number(curve -> curve.begins(Rule.RIGHT.window(20, -1))))
        .mistake(
            "too-early",
            "You look at losses that have not 20 others before them. Begin with losses[20].",
            number(curve -> curve.begins(Rule.RIGHT.from(0))))
        .mistake(
            "too-late",
            "losses[20] has 20 others before it, and is left out.",
            number(curve -> curve.begins(Rule.RIGHT.from(21))))
        .mistake(
            "factor",
            "This counts losses above the median. A spike is above twice the median.",
            number(curve -> curve.begins(Rule.RIGHT.factor(1))))
        .mistake(
            "equal",
            "A loss of exactly twice the median is no spike; it must be more.",
            number(curve -> curve.begins(Rule.RIGHT.orEqual())))
        .mistake(
            "once-for-all",
            "After the first spike none is counted. When the loss is no longer high, the next rise"
                + " is a spike again.",
            number(curve -> Math.min(1, curve.begins(Rule.RIGHT))))
        .mistake(
            "one-limit",
            "Whether the loss before was high is asked with the limit of this loss. Each loss has"
                + " its own limit, from the 20 before it.",
            number(Curve::oneLimit))
        .thrown(
            "too-short",
            "There is no such place. If there are fewer than 21 losses, none is high.",
            e -> e instanceof ArrayIndexOutOfBoundsException);
  }

  private static Function<Curve, double[]> number(ToDoubleFunction<Curve> counted) {
    return curve -> one(counted.applyAsDouble(curve));
  }

  private static double[] one(double number) {
    return new double[] {number};
  }

  @Override
  public String goal() {
    return Race.picture();
  }
}
