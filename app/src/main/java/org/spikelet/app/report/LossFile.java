package org.spikelet.app.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.spikelet.app.command.OutputFolder.Content;
import org.spikelet.app.training.Run;

/** The losses of some runs as CSV: a row for each step, a column for each run. */
public final class LossFile {

  private LossFile() {}

  /** Returns a run's losses as the content of a file. */
  public static Content of(Run run) {
    return out -> write(out, List.of(run));
  }

  /** Writes the runs, which have the same number of steps. */
  public static void write(OutputStream out, List<Run> runs) throws IOException {
    String[] header = new String[runs.size() + 1];
    header[0] = "step";
    for (int k = 0; k < runs.size(); k++) {
      header[k + 1] = runs.get(k).name();
    }
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader(header).setRecordSeparator("\n").get();
    try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CSVPrinter csv = new CSVPrinter(writer, format)) {
      for (int step = 0; step < runs.get(0).losses().length; step++) {
        csv.print(step);
        for (Run run : runs) {
          csv.print(run.losses()[step]);
        }
        csv.println();
      }
    }
  }
}
