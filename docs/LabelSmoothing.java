import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Data;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Model;
import org.spikelet.app.experiment.Setup;
import org.spikelet.app.question.Problem;
import org.spikelet.nn.Losses;

/** Does label smoothing help? Four classes of heavy-tailed rows, cross-entropy. */
public final class LabelSmoothing implements Experiment {

  @Override
  public List<Claim> claims() {
    Data classes = Data.HEAVY_TAILED.withTargets("classes", Problem::largest);
    Setup plain = Setup.of("plain", classes, Model.LOGITS).watching(Losses::crossEntropy);
    Setup smoothed =
        plain.named("smoothed").withLoss((logits, y) -> Losses.crossEntropy(logits, y, 0.1));
    return List.of(
        Claim.of("label-smoothing", "Label smoothing takes the spikes away.")
            .with(smoothed.adam())
            .without(plain.adam())
            .removes(Measure.SPIKES));
  }
}
