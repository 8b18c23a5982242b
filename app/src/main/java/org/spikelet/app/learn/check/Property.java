package org.spikelet.app.learn.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that must hold for all inputs, which are tried from the smallest to the largest: so the
 * first on which it fails is the smallest counterexample among them.
 *
 * @param <T> the inputs
 */
public final class Property<T> {

  /** Well above rounding, well below any mistake. */
  private static final double EXACT = 1e-9;

  /** Of an input that is not the same when the learner's code has had it. */
  private static final Failure.Hint CHANGED =
      new Failure.Hint(
          "changed-input",
          "Your code changes the numbers that it was given, and others go on using them. Write what"
              + " comes out into an array of its own.");

  private final String name;
  private final List<T> inputs;
  private final List<Mistake<T>> mistakes = new ArrayList<>();
  private Function<T, String> program = Object::toString;
  private Function<T, List<String>> labels = input -> List.of("result");
  private Function<T, double[]> yours = input -> new double[0];
  private Function<T, double[]> expected = input -> new double[0];
  private String source = "right";
  private double tolerance = EXACT;

  private Property(String name, List<T> inputs) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
  }

  /**
   * A property without demands yet.
   *
   * @param name what must hold, in a few words
   * @param inputs from the smallest to the largest
   */
  public static <T> Property<T> of(String name, List<T> inputs) {
    return new Property<>(name, inputs);
  }

  /**
   * Says how to write an input as a program to paste into JShell, after {@code import course.*;}
   * and, where it is named, that of {@code Variable}.
   *
   * <p>Each line is complete or obviously goes on; the last is the expression that is asked for,
   * without a semicolon.
   */
  public Property<T> program(Function<T, String> program) {
    this.program = program;
    return this;
  }

  /** Says what the numbers of an answer are; without it there is one, the result. */
  public Property<T> labels(Function<T, List<String>> labels) {
    this.labels = labels;
    return this;
  }

  /** Says how to ask the learner's code. */
  public Property<T> yours(Function<T, double[]> yours) {
    this.yours = yours;
    return this;
  }

  /**
   * Says what is right.
   *
   * @param source the heading above these numbers, such as "by differences"
   * @param tolerance how far from them an answer may be, relative to the numbers or to 1
   */
  public Property<T> expected(String source, double tolerance, Function<T, double[]> expected) {
    this.source = source;
    this.tolerance = tolerance;
    this.expected = expected;
    return this;
  }

  /** Says what is right, to rounding. */
  public Property<T> expected(Function<T, double[]> expected) {
    return expected("right", EXACT, expected);
  }

  /**
   * Names a mistake. Its hint is given if the learner's numbers are those of the mistake on every
   * input, not only on the one that is shown.
   *
   * @param numbers what comes out with this mistake, to the tolerance of the property
   */
  public Property<T> mistake(String name, String hint, Function<T, double[]> numbers) {
    mistakes.add(new Mistake<>(name, hint, Optional.of(numbers), thrown -> false));
    return this;
  }

  /** Names a mistake that ends in an exception on the smallest input that fails. */
  public Property<T> thrown(String name, String hint, Predicate<Throwable> thrown) {
    mistakes.add(new Mistake<>(name, hint, Optional.empty(), thrown));
    return this;
  }

  /** Returns what must hold, in a few words. */
  String name() {
    return name;
  }

  /** Returns the smallest input on which it does not hold, if there is one. */
  Optional<Failure> check() {
    for (T input : inputs) {
      String text = program.apply(input);
      Answer right = right(input); // before the learner's code, which may change what it gets
      Answer answer = Answer.of(yours, input);
      boolean changed = !program.apply(input).equals(text);
      if (changed || !answer.agrees(right, tolerance)) {
        return Optional.of(
            new Failure(
                text,
                labels.apply(input),
                answer,
                source,
                right,
                changed ? Optional.of(CHANGED) : hint(answer)));
      }
    }
    return Optional.empty();
  }

  private Optional<Failure.Hint> hint(Answer answer) {
    return mistakes.stream()
        .filter(mistake -> made(mistake, answer))
        .findFirst()
        .map(mistake -> new Failure.Hint(mistake.name(), mistake.hint()));
  }

  /** Ours; an exception in it is a fault of the chapter, and not of the learner. */
  private Answer right(T input) {
    Answer right = Answer.of(expected, input);
    right
        .thrown()
        .ifPresent(
            e -> {
              throw new IllegalStateException("'" + name + "' has no right answer", e);
            });
    return right;
  }

  private boolean made(Mistake<T> mistake, Answer answer) {
    return mistake
        .numbers()
        .map(
            numbers ->
                inputs.stream()
                    .allMatch(
                        input ->
                            Answer.of(yours, input).agrees(Answer.of(numbers, input), tolerance)))
        .orElseGet(() -> answer.thrown().filter(mistake.thrown()).isPresent());
  }
}
