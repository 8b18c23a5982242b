package org.spikelet.app.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikelet.app.validation.LoggedTraining.Line;

/** How different programs write the same lines. */
enum LogStyle {
  /** A loop's own CSV file. */
  PLAIN {
    @Override
    void write(List<String> text, List<Line> lines) {
      text.add("step,epoch,loss,grad_norm,lr");
      for (Line l : lines) {
        text.add(l.step() + "," + l.epoch() + "," + l.loss() + "," + l.norm() + "," + l.rate());
      }
    }
  },
  /** Columns as of PyTorch Lightning's logger: the rate stands in a line of its own. */
  LIGHTNING {
    @Override
    void write(List<String> text, List<Line> lines) {
      text.add("epoch,grad_norm,lr-Adam,step,train_loss_epoch,train_loss_step,val_loss");
      for (Line l : lines) {
        text.add(",," + l.rate() + "," + l.step() + ",,,");
        text.add(l.epoch() + "," + l.norm() + ",," + l.step() + ",," + l.loss() + ",");
        if (l.step() % 500 == 499) {
          text.add(l.epoch() + ",,," + l.step() + "," + l.loss() + ",," + l.loss());
        }
      }
    }
  },
  /** JSON lines, as Python writes them. */
  JSON_LINES {
    @Override
    void write(List<String> text, List<Line> lines) {
      for (Line l : lines) {
        text.add(
            String.format(
                Locale.ROOT,
                "{\"step\": %d, \"epoch\": %d, \"train/loss\": %s, \"train/grad_norm\": %s, \"lr\": %s}",
                l.step(),
                l.epoch(),
                l.loss(),
                l.norm(),
                l.rate()));
      }
    }
  },
  /** As of a chart exported: nothing but steps and losses. */
  BARE {
    @Override
    void write(List<String> text, List<Line> lines) {
      text.add("Wall time,Step,Value");
      for (Line l : lines) {
        text.add((1.7e9 + l.step()) + "," + l.step() + "," + l.loss());
      }
    }
  };

  abstract void write(List<String> text, List<Line> lines);

  /** Whether norms, rates and epochs are in it. */
  boolean full() {
    return this != BARE;
  }

  void write(Path file, List<Line> lines) throws IOException {
    List<String> text = new ArrayList<>();
    write(text, lines);
    Files.write(file, text);
  }
}
