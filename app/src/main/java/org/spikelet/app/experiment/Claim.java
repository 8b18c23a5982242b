package org.spikelet.app.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A sentence about a factor, and the experiment that tests it: runs with the factor and runs
 * without it, equal in all else.
 *
 * <pre>{@code
 * Claim.of("outliers", "Outliers in the data bring spikes.")
 *     .with(outliers)
 *     .without(clean)
 *     .brings(Measure.SPIKES)
 * }</pre>
 *
 * @param name its name on the command line
 * @param words the sentence
 * @param design what is compared, in words
 * @param runs the runs that are made
 * @param effect what the factor is said to do
 * @param measures what is counted with the factor and without it
 * @param seeds how many runs of each training, with the seeds 1 to this
 */
public record Claim(
    String name,
    String words,
    String design,
    Runs runs,
    Effect effect,
    Measures measures,
    int seeds) {

  /** How many seeds there are unless others are chosen. */
  public static final int SEEDS = 10;

  /** What a factor is said to do to what is counted. */
  public enum Effect {
    /** There is more with it. Where there is nothing with it, that is refuted. */
    BRINGS,
    /** It goes when the factor goes. Where there is nothing with it, nothing can be said. */
    IS_NEEDED_FOR,
    /** There is less with it. Where there is nothing without it, nothing can be said. */
    REMOVES
  }

  /**
   * Runs with and without a factor.
   *
   * @param with the factor is there
   * @param without it is not
   */
  public record Pair(Recipe with, Recipe without) {
    /** Returns both, or the one. */
    public List<Recipe> distinct() {
      return Stream.of(with, without).distinct().toList();
    }
  }

  /**
   * What is counted with and without; mostly the same.
   *
   * @param with in the first run
   * @param without in the second
   */
  public record Measures(Measure with, Measure without) {
    /** Returns whether the same is counted in both. */
    public boolean same() {
      return with == without;
    }

    /** Returns what the numbers are. */
    public String words() {
      return same() ? with.words() : with.words() + ", against " + without.words();
    }
  }

  /**
   * The runs of an experiment, and how they stand in the table.
   *
   * @param decisive those that decide
   * @param first the first column: the decisive ones, but for those of SGD alone
   * @param sgd the column of SGD: for comparison, or decisive
   */
  public record Runs(Pair decisive, Optional<Pair> first, Optional<Pair> sgd) {

    static Runs of(Side with, Side without) {
      Pair decisive = new Pair(with.recipe, without.recipe);
      if (with.recipe.optimization().isSgd() && without.recipe.optimization().isSgd()) {
        return new Runs(decisive, Optional.empty(), Optional.of(decisive));
      }
      Optional<Pair> sgd = with.sgd.flatMap(a -> without.sgd.map(b -> new Pair(a, b)));
      return new Runs(decisive, Optional.of(decisive), sgd);
    }

    /** Returns all, each once. */
    public List<Recipe> recipes() {
      return Stream.of(first, sgd)
          .flatMap(Optional::stream)
          .flatMap(pair -> Stream.of(pair.with(), pair.without()))
          .distinct()
          .toList();
    }
  }

  /** A training, and perhaps the same by SGD, for comparison. */
  private record Side(Recipe recipe, Optional<Recipe> sgd) {
    static Side of(Setup setup) {
      return new Side(setup.adam(), Optional.of(setup.sgd()));
    }

    static Side of(Recipe recipe) {
      return new Side(recipe, Optional.empty());
    }
  }

  /**
   * Checks that the measures can be taken, and that something is compared.
   *
   * @throws IllegalArgumentException otherwise
   */
  public Claim {
    Name.check("claim", name);
    if (words.isBlank()) {
      throw new IllegalArgumentException("claim '" + name + "': say in words what is claimed");
    }
    if (seeds < 1) {
      throw new IllegalArgumentException(
          "claim '" + name + "': needs at least one seed, got " + seeds);
    }
    if (runs.decisive.distinct().size() == 1 && measures.same()) {
      throw new IllegalArgumentException(
          "claim '"
              + name
              + "': with and without are the same training, "
              + runs.decisive.with.id()
              + ", so there is nothing to compare; change one thing in one of them");
    }
    checkTwist(name, runs.decisive.with, measures.with);
    checkTwist(name, runs.decisive.without, measures.without);
  }

  private static void checkTwist(String name, Recipe recipe, Measure measure) {
    Setup.Twist needed = measure.twist();
    if (needed != Setup.Twist.NONE && recipe.setup().twist() != needed) {
      throw new IllegalArgumentException(
          "claim '%s': %s is taken only in a setup with Twist.%s, and '%s' has Twist.%s; add .withTwist(Setup.Twist.%s)"
              .formatted(
                  name, measure, needed, recipe.setup().name(), recipe.setup().twist(), needed));
    }
  }

  /**
   * Begins a claim.
   *
   * @param name on the command line and in the table: a-z, 0-9, '.', '-'
   * @param words the sentence that the experiment tests
   */
  public static Draft of(String name, String words) {
    return new Draft(name, words, Optional.empty());
  }

  /** A claim that has its words. */
  public static final class Draft {
    private final String name;
    private final String words;
    private final Optional<String> design;

    private Draft(String name, String words, Optional<String> design) {
      this.name = name;
      this.words = words;
      this.design = design;
    }

    /** Says in words what is compared; the names of the trainings unless this is called. */
    public Draft design(String sentence) {
      return new Draft(name, words, Optional.of(sentence));
    }

    /** With the factor: by Adam, which decides, and by SGD, for comparison. */
    public Factor with(Setup setup) {
      return new Factor(this, Side.of(setup));
    }

    /** With the factor: this training. */
    public Factor with(Recipe recipe) {
      return new Factor(this, Side.of(recipe));
    }

    /** Adam against SGD, that is with and without Adam, each in a column of its own. */
    public Comparison adamAgainstSgd(Setup setup) {
      return adamAgainstSgd(setup.adam(), setup.sgd());
    }

    /** The same with these trainings. */
    public Comparison adamAgainstSgd(Recipe adam, Recipe sgd) {
      Optional<Pair> first = Optional.of(new Pair(adam, adam));
      Optional<Pair> second = Optional.of(new Pair(sgd, sgd));
      return new Comparison(this, new Runs(new Pair(adam, sgd), first, second));
    }
  }

  /** A claim that has its factor. */
  public static final class Factor {
    private final Draft draft;
    private final Side with;

    private Factor(Draft draft, Side with) {
      this.draft = draft;
      this.with = with;
    }

    /** Without the factor: by Adam, which decides, and by SGD, for comparison. */
    public Comparison without(Setup setup) {
      return new Comparison(draft, Runs.of(with, Side.of(setup)));
    }

    /** Without the factor: this training. */
    public Comparison without(Recipe recipe) {
      return new Comparison(draft, Runs.of(with, Side.of(recipe)));
    }
  }

  /** A claim that has its runs; what is said of them completes it. */
  public static final class Comparison {
    private final Draft draft;
    private final Runs runs;

    private Comparison(Draft draft, Runs runs) {
      this.draft = draft;
      this.runs = runs;
    }

    /** The factor brings what is counted: there is more with it. */
    public Claim brings(Measure measure) {
      return claim(Effect.BRINGS, measure, measure);
    }

    /** There is more of the one with the factor than of the other without it. */
    public Claim brings(Measure with, Measure without) {
      return claim(Effect.BRINGS, with, without);
    }

    /** What is counted needs the factor: it goes when the factor goes. */
    public Claim isNeededFor(Measure measure) {
      return claim(Effect.IS_NEEDED_FOR, measure, measure);
    }

    /** The one with the factor is no more than the other without it, once the factor goes. */
    public Claim isNeededFor(Measure with, Measure without) {
      return claim(Effect.IS_NEEDED_FOR, with, without);
    }

    /** The factor helps: there is less with it of what is counted. */
    public Claim removes(Measure measure) {
      return claim(Effect.REMOVES, measure, measure);
    }

    private Claim claim(Effect effect, Measure with, Measure without) {
      return new Claim(
          draft.name,
          draft.words,
          draft.design.orElseGet(
              () ->
                  runs.decisive.with.words()
                      + " (with), and "
                      + runs.decisive.without.words()
                      + " (without)."),
          runs,
          effect,
          new Measures(with, without),
          SEEDS);
    }
  }

  /** Returns this with so many runs of each training; a verdict needs several. */
  public Claim seeds(int count) {
    return new Claim(name, words, design, runs, effect, measures, count);
  }
}
