package org.spikelet.app.lab;

import java.util.List;
import java.util.stream.Stream;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.app.lab.claims.AnswerClaims;
import org.spikelet.app.lab.claims.FullBatchRemedies;
import org.spikelet.app.lab.claims.HeavyTailsRemedies;
import org.spikelet.app.lab.claims.MechanismClaims;
import org.spikelet.app.lab.claims.PrecisionClaims;
import org.spikelet.app.lab.claims.SolutionClaims;

/** All experiments of the laboratory's own. */
final class Claims {

  /** In the order of the report: answers, mechanism, remedies. */
  static final List<Case> ALL =
      Stream.of(
              of(Group.ANSWER, new AnswerClaims()),
              of(Group.MECHANISM, new SolutionClaims()),
              of(Group.MECHANISM, new MechanismClaims()),
              of(Group.MECHANISM, new PrecisionClaims()),
              of(Group.REMEDY_FULL_BATCH, new FullBatchRemedies()),
              of(Group.REMEDY_HEAVY_TAILS, new HeavyTailsRemedies()))
          .flatMap(List::stream)
          .toList();

  /** Those that take a minute together: without the remedies at full batch. */
  static final List<Case> QUICK =
      ALL.stream().filter(each -> each.group() != Group.REMEDY_FULL_BATCH).toList();

  private Claims() {}

  private static List<Case> of(Group group, Experiment experiment) {
    return experiment.claims().stream()
        .map(claim -> new Case(claim, group, Source.BUILT_IN))
        .toList();
  }
}
