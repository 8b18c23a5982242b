package org.spikelet.app.question;

/** The question, and the part of its answer that all pages tell in the same words. */
public final class Question {

  /** The heading of the pages that answer it. */
  public static final String TITLE = "Why does Adam’s training loss have spikes?";

  /** The answer in words that need no explanation; where it holds is told below it. */
  public static final String HEADLINE =
      "Adam divides each step by the size of the gradients that it remembers. As the gradients"
          + " shrink, its steps grow, until one is too long and the loss bursts. SGD’s steps do not"
          + " grow. On heavy-tailed data most spikes are something else: a few hard rows, drawn.";

  /** How the spikes come about at full batch. */
  public static final String MECHANISM =
      "Adam divides each step by the root of a running mean v of the squared gradients. While the"
          + " gradients shrink, v falls after them and the effective step grows, until it is too long for"
          + " the curvature; the weights oscillate, the loss bursts, the large gradients fill v again,"
          + " and all is calm.";

  private Question() {}
}
