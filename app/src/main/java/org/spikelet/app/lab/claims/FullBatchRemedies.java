package org.spikelet.app.lab.claims;

import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.app.experiment.Setup;

/** What helps at full batch: each remedy against Adam as it is. */
public final class FullBatchRemedies implements Experiment {

  /** Made by the laboratory. */
  public FullBatchRemedies() {}

  @Override
  public List<Claim> claims() {
    return Remedy.ALL.stream().map(remedy -> remedy.claim("full-batch", Setup.COMPANION)).toList();
  }
}
