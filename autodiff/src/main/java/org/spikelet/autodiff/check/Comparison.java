package org.spikelet.autodiff.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * All derivatives of one order against their numeric values: a first look along every line, and a
 * closer one where that leaves doubt.
 */
final class Comparison {

  /** Away from here a function that did not move at all is looked at, in units of its scale. */
  private static final double FURTHER = 0.2;

  /** After so many rejected ones, the plainly wrong are not looked at more closely, for speed. */
  private static final int ENOUGH = 1;

  private final int order;
  private final Invariants invariants;
  private final double[] u;
  private final double[] gradient;
  private final Demands demands;
  private final List<Line> flat = new ArrayList<>();
  private final List<Verdict> rejected = new ArrayList<>();
  private int kinks;
  private int unseen;
  private double worst;
  private boolean doubted;

  /** Looks along all lines; marks the elements of those with kinks. */
  Comparison(
      int order,
      Invariants invariants,
      double[] u,
      Demands demands,
      List<Line> lines,
      BitSet kinked) {
    this.order = order;
    this.invariants = invariants;
    this.u = u;
    this.gradient = invariants.gradient();
    this.demands = demands;
    lines.forEach(line -> look(line, kinked));
    if (!flat.isEmpty()) {
      lookFurther(flat, kinked);
    }
  }

  /** Those that do not pass. */
  List<Verdict> rejected() {
    return rejected;
  }

  GradientCheck.Result result(int count) {
    return new GradientCheck.Result(count, kinks, unseen, worst);
  }

  private void look(Line line, BitSet kinked) {
    double analytic = line.slope(gradient);
    Probe probe = Probe.of(line, u);
    Tolerance tolerance = demands.tolerance();
    if (probe.confirms(analytic, tolerance)) {
      accept(Verdict.of(line, analytic, Estimate.of(probe), tolerance));
      if (probe.flat()) {
        flat.add(line);
      }
    } else if (rejected.size() >= ENOUGH && probe.refutes(analytic, tolerance)) {
      rejected.add(Verdict.of(line, analytic, Estimate.of(probe), tolerance));
    } else {
      lookCloser(line, kinked);
    }
  }

  /**
   * Moves all lines that did not move the function at once, and by more; where it moves then, they
   * are halved until the ones are found that move it: it may be rounded so coarsely that it only
   * seems flat.
   */
  private void lookFurther(List<Line> still, BitSet kinked) {
    Line together = Line.together(still);
    if (!together.moves(FURTHER) && !together.moves(-FURTHER)) {
      return;
    }
    int half = still.size() / 2;
    if (half == 0) {
      Line line = still.get(0);
      double reach = FURTHER * line.scale();
      if (Jump.endsFlat(line, u, reach) || Jump.endsFlat(line, u, -reach)) {
        lookCloser(line, kinked);
      }
    } else {
      lookFurther(still.subList(0, half), kinked);
      lookFurther(still.subList(half, still.size()), kinked);
    }
  }

  private void lookCloser(Line line, BitSet kinked) {
    if (!doubted) {
      invariants.checkRepeatable(GradientCheck.REPEATS);
      doubted = true;
    }
    Verdict verdict = Verdict.of(line, line.slope(gradient), u, demands.tolerance());
    if (verdict.estimate().bent()) {
      line.markIn(kinked);
    }
    // A jump of a derivative is a kink of the function.
    boolean edge = order > 1 && verdict.atEdge();
    boolean kink = verdict.estimate().kinked() || edge;
    if ((demands.smooth() && kink) || (!verdict.valid() && !edge)) {
      rejected.add(verdict);
    } else if (kink) {
      kinks++;
    } else {
      accept(verdict);
    }
  }

  private void accept(Verdict verdict) {
    if (verdict.unseen(demands.tolerance())) {
      unseen++;
      if (demands.strict()) {
        rejected.add(verdict);
      }
    }
    worst = Math.max(worst, verdict.excess());
  }
}
