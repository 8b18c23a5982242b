import org.spikelet.autodiff.*;
import org.spikelet.autodiff.check.*;
import org.spikelet.autodiff.curvature.*;
import org.spikelet.nn.*;
import org.spikelet.nn.Module;
import org.spikelet.nn.weights.*;
import org.spikelet.optim.*;
import org.spikelet.show.*;
import org.spikelet.spikes.detect.*;
import org.spikelet.spikes.stability.*;
/set mode spikelet normal -quiet
/set truncation spikelet 20000
/set feedback spikelet
