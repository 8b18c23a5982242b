package org.spikelet.app.log;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a column may hold, and the names by which it is known, the surest first: those of PyTorch
 * Lightning, Keras, transformers, W&amp;B and TensorBoard, and what people call them.
 */
enum Field {
  /** How many steps were taken. The last names may count within an epoch. */
  STEP(
      "(train_|trainer_)?global_?step",
      "steps?|train_step|current_step",
      "(global_)?iter(ation)?s?|n_iter|train_iter|num_updates|updates?|it|t",
      "(mini)?batch(_id?x)?|batch_(nb|num|number|i)|i"),

  /** The training loss; the later names are of one part of it, of means, of other data. */
  LOSS(
      "(train(ing)?_)?(batch_|total_)?loss(_step|_total|_batch)?|loss_train(ing)?(_step)?",
      "(?!.*(scale|time|epoch|avg|mean|ema|smooth|running|best|min|max|val|eval|test|dev)).*loss.*"
          + "|(train_)?(nll|n?elbo|neg_elbo|objective|cost|cross_entropy|ce|mse|bpd|bpb|energy)",
      "(?!.*(scale|time|best|min|max|val|eval|test|dev)).*loss.*",
      "(?!.*(scale|time|best)).*loss.*",
      "value"),

  /** The norm of the gradient of all parameters. */
  GRADIENT_NORM(
      "(train_)?(total_|global_)?(grad(ient)?s?_?norm|gnorm)(_total|_global|_step)?|norm_of_gradients?",
      "grad.*norm.*(total|all|global).*",
      ".*grad(ient)?s?_?(l?2_?)?norm.*|.*norm.*grad.*|grad_.*_norm.*"),

  /** The learning rate. */
  LEARNING_RATE(
      "(train_)?(lr|learning_?rate)(_0|_step)?", "(lr|learning_rate)_.*|.*_(lr|learning_rate)"),

  /** How often the data were gone through, whole or with a fraction. */
  EPOCH("(train_|trainer_|current_)?epochs?", "ep");

  private static final List<Field> ORDER = List.of(values());
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");
  private static final Pattern RUN = Pattern.compile("^.* - (?=[^-]+$)");

  /** Beside a column, W&amp;B writes its least and largest value within each interval. */
  private static final Pattern BAND =
      Pattern.compile(".*__(min|max|step)$", Pattern.CASE_INSENSITIVE);

  // Neither the list nor its patterns can be changed.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Pattern> tiers;

  Field(String... tiers) {
    this.tiers = List.of(tiers).stream().map(Pattern::compile).toList();
  }

  /** Returns how sure a name is, from 0 on; −1 if it is none of this field. */
  int tier(String name) {
    if (BAND.matcher(name).matches()) {
      return -1;
    }
    String plain =
        OTHER
            .matcher(RUN.matcher(name.strip()).replaceFirst("").toLowerCase(Locale.ROOT))
            .replaceAll("_")
            .replaceAll("^_|_$", "");
    for (int tier = 0; tier < tiers.size(); tier++) {
      if (tiers.get(tier).matcher(plain).matches()) {
        return tier;
      }
    }
    return -1;
  }

  /** Returns its place in the columns of a log. */
  int column() {
    return ORDER.indexOf(this);
  }

  /** Returns what it is called in a sentence. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  boolean isNamed(String name) {
    return tier(name) >= 0;
  }
}
