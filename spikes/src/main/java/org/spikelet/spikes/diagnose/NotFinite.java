package org.spikelet.spikes.diagnose;

/**
 * Where a training first had a number that is not finite.
 *
 * @param source what kind of place that is, which decides what helps
 * @param words a sentence that names the place
 */
record NotFinite(Source source, String words) {

  /** What the number came from, and what helps. */
  enum Source {
    /** The rows of the batch held it. */
    DATA("clean these rows of the data, or leave them out."),

    /** The weights held it before the loss was computed. */
    WEIGHTS("find what set these weights; if it was a step, a lower learning rate."),

    /** The logarithm of finite numbers. */
    LOGARITHM(
        "keep the logarithm's input away from 0; if it is a probability, compute the loss from the"
            + " logits."),

    /** Another operation on finite numbers. */
    OPERATION("keep the inputs of this operation where its result is finite."),

    /** Something else that the model or the loss computes with. */
    CONSTANT("look where this input comes from; it held the number already."),

    /** Not found. */
    NOWHERE("train with Tape.record(new FiniteCheck()), which names the first such operation.");

    private final String cure;

    Source(String cure) {
      this.cure = cure;
    }

    String cure() {
      return cure;
    }
  }

  /** When the place was not found again. */
  static NotFinite nowhere() {
    return new NotFinite(
        Source.NOWHERE, "computed once more from the same weights and rows, the loss was finite");
  }

  /**
   * What a checked tape says: the operation, its line and its inputs; its own advice is left out.
   */
  static NotFinite of(String message) {
    String words = message.replaceAll("\\n\\s*cure:.*", "").replaceAll("\\s*\\n\\s*", "; ");
    boolean finiteInputs = words.contains(": finite inputs gave ");
    boolean logarithm =
        finiteInputs && words.matches("(?s)log\\b.*|.*? in the derivative of log\\b.*");
    Source source = finiteInputs ? Source.OPERATION : Source.CONSTANT;
    return new NotFinite(logarithm ? Source.LOGARITHM : source, words);
  }
}
