package org.spikelet.app.lab;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that was said about the spikes, and the experiment that tests it: runs with a factor
 * and runs without it, equal in all else.
 *
 * @param name its name on the command line
 * @param group where it belongs
 * @param words what was said
 * @param design what is compared
 * @param runs the runs that are made, and what decides
 */
record Claim(String name, Group group, String words, String design, Runs runs) {

  /** The parts of the laboratory. */
  enum Group {
    /** What the answers to the question said. */
    ANSWER,
    /** How it works. */
    MECHANISM,
    /** What helps, at full batch. */
    REMEDY_FULL_BATCH,
    /** What helps, on heavy-tailed data. */
    REMEDY_HEAVY_TAILS
  }

  /** Which runs are compared for the verdict. */
  enum Test {
    /** Adam with the factor and without it. */
    ADAM,
    /** SGD with the factor and without it. */
    SGD,
    /** Adam and SGD, both with the factor: does it tell them apart? */
    BETWEEN
  }

  /**
   * Runs with and without a factor.
   *
   * @param with the factor is there
   * @param without it is not
   */
  record Pair(Recipe with, Recipe without) {
    /** Returns both, or the one. */
    List<Recipe> distinct() {
      return Stream.of(with, without).distinct().toList();
    }
  }

  /**
   * What is counted with and without; mostly the same.
   *
   * @param with in the first run
   * @param without in the second
   */
  record Measures(Measure with, Measure without) {
    /** Whether the same is counted in both. */
    boolean same() {
      return with == without;
    }

    /** Returns what the numbers are. */
    String words() {
      return same() ? with.words() : with.words() + ", against " + without.words();
    }
  }

  /**
   * The runs of an experiment.
   *
   * @param test which of them decide
   * @param measures what is counted
   * @param adam the runs with and without the factor under Adam
   * @param sgd the same under SGD; empty where that makes no sense
   */
  record Runs(Test test, Measures measures, Optional<Pair> adam, Optional<Pair> sgd) {

    /** Spikes are counted unless something else is said. */
    private Runs(Test test, Optional<Pair> adam, Optional<Pair> sgd) {
      this(test, new Measures(Measure.SPIKES, Measure.SPIKES), adam, sgd);
    }

    /** Returns the two that decide. */
    Pair decisive() {
      return switch (test) {
        case ADAM -> adam.orElseThrow();
        case SGD -> sgd.orElseThrow();
        case BETWEEN -> new Pair(adam.orElseThrow().with(), sgd.orElseThrow().with());
      };
    }

    /** Returns all, each once. */
    List<Recipe> recipes() {
      return Stream.of(adam, sgd)
          .flatMap(Optional::stream)
          .flatMap(pair -> Stream.of(pair.with(), pair.without()))
          .distinct()
          .toList();
    }
  }

  /** A claim about a factor of the training, tried with Adam and, for comparison, with SGD. */
  static Claim about(
      String name, Group group, String words, String design, Setup with, Setup without) {
    Pair adam = new Pair(with.adam(), without.adam());
    Pair sgd = new Pair(with.sgd(), without.sgd());
    return new Claim(
        name, group, words, design, new Runs(Test.ADAM, Optional.of(adam), Optional.of(sgd)));
  }

  /** A claim about one of Adam's own settings. */
  static Claim aboutAdam(
      String name, Group group, String words, String design, Setup setup, Optimization without) {
    Pair adam = new Pair(setup.adam(), setup.by(without));
    return new Claim(
        name, group, words, design, new Runs(Test.ADAM, Optional.of(adam), Optional.empty()));
  }

  /** A claim about SGD alone. */
  static Claim aboutSgd(String name, Group group, String words, String design, Pair sgd) {
    return new Claim(
        name, group, words, design, new Runs(Test.SGD, Optional.empty(), Optional.of(sgd)));
  }

  /** Returns this, decided by other runs. */
  Claim decidedBy(Test other) {
    return with(new Runs(other, runs.measures, runs.adam, runs.sgd));
  }

  /** Returns this, with something else counted. */
  Claim counting(Measure with, Measure without) {
    return with(new Runs(runs.test, new Measures(with, without), runs.adam, runs.sgd));
  }

  /** Returns this, without runs of SGD. */
  Claim withoutSgd() {
    return with(new Runs(runs.test, runs.measures, runs.adam, Optional.empty()));
  }

  private Claim with(Runs other) {
    return new Claim(name, group, words, design, other);
  }

  /** Whether it is about what takes spikes away, rather than about what brings them. */
  boolean takesAway() {
    return group != Group.ANSWER || (runs.test == Test.ADAM && runs.sgd.isEmpty());
  }
}
