package org.spikelet.app.lab.claims;

import java.util.List;
import java.util.stream.Stream;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Setup;

/** What helps on heavy-tailed data: each remedy against Adam as it is. */
public final class HeavyTailsRemedies implements Experiment {

  private static final Claim WINSORISE =
      Claim.of("winsorise-heavy-tails", "features cut off at ±4")
          .design("Heavy-tailed data: as they are (with) and with the features cut off (without).")
          .with(Setup.FLAGSHIP)
          .without(Setups.WINSORISED)
          .isNeededFor(Measure.SPIKES);

  /** Made by the laboratory. */
  public HeavyTailsRemedies() {}

  @Override
  public List<Claim> claims() {
    Stream<Claim> remedies =
        Remedy.ALL.stream().map(remedy -> remedy.claim("heavy-tails", Setup.FLAGSHIP));
    return Stream.concat(remedies, Stream.of(WINSORISE)).toList();
  }
}
