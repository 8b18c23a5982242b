package org.spikelet.app.experiment;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Sgd;

/**
 * What is done with the gradients: an optimizer with its settings, and whatever changes gradients
 * on their way to it.
 *
 * @param id part of a file name; two that differ in anything have different ids
 * @param words its settings in words
 * @param maker makes it for each run anew, so that no state passes from run to run
 */
public record Optimization(String id, String words, Maker maker) {

  /** Adam's learning rate. */
  public static final double RATE = 1e-3;

  /** Makes what takes the steps of one run. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Returns a fresh one.
     *
     * @param steps how many steps the run has
     */
    Descent of(List<Parameter> parameters, long steps);
  }

  /** Makes plain descent: a record, so that two with the same rate are the same. */
  private record SgdMaker(double rate) implements Maker {
    @Override
    public Descent of(List<Parameter> parameters, long steps) {
      return Descent.by(new Sgd(parameters, rate));
    }
  }

  /** Makes Adam: a record for the same reason. */
  private record AdamMaker(double rate, Adam.Settings settings) implements Maker {
    @Override
    public Descent of(List<Parameter> parameters, long steps) {
      return Descent.by(new Adam(parameters, rate, settings));
    }
  }

  /** Adam with its defaults. */
  public static final Optimization ADAM =
      new Optimization("adam", "Adam, its defaults", new AdamMaker(RATE, Adam.DEFAULTS));

  /** Checks the id. */
  public Optimization {
    Name.check("optimization", id);
  }

  /** Any optimizer, as it takes the gradients. */
  public static Optimization of(String id, Function<List<Parameter>, Optimizer> optimizer) {
    return of(id, id, (parameters, steps) -> Descent.by(optimizer.apply(parameters)));
  }

  /** Any optimizer, with whatever is done before and beside its steps. */
  public static Optimization of(String id, String words, Maker maker) {
    return new Optimization(id, words, maker);
  }

  /** Adam with another learning rate and other settings. */
  public static Optimization adam(String id, String words, double rate, Adam.Settings settings) {
    return new Optimization(id, "Adam, " + words, new AdamMaker(rate, settings));
  }

  /** Adam with other settings. */
  public static Optimization adam(String id, String words, Adam.Settings settings) {
    return adam(id, words, RATE, settings);
  }

  /** Plain descent. */
  public static Optimization sgd(double rate) {
    return new Optimization(
        String.format(Locale.ROOT, "sgd-%s", rate).toLowerCase(Locale.ROOT),
        "SGD, learning rate " + rate,
        new SgdMaker(rate));
  }

  /** Returns whether it is plain descent. */
  public boolean isSgd() {
    return maker instanceof SgdMaker;
  }
}
