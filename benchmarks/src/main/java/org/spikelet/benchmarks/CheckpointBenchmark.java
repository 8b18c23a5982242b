package org.spikelet.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Checkpoint;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Trainer;

/**
 * Saving and loading all that evolves in a training with Adam: 24 bytes for each weight.
 *
 * <p>The baselines are {@code rawWrite} and {@code rawRead}: as many bytes as the checkpoint has,
 * forced to the disk and moved to their place in the same way, without arrays, checksums and
 * checks. Expect the disk to decide; a checkpoint should take at most half as long again. {@code
 * load} also copies what was there before, to go back to it if the file is refused.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar CheckpointBenchmark}; the
 * files are in the folder for temporary ones, {@code -jvmArgsAppend -Djava.io.tmpdir=FOLDER} names
 * another.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CheckpointBenchmark {

  /** Weights. */
  @Param({"1000000"})
  public int size;

  private Path folder;
  private Path saved;
  private Path target;
  private Checkpoint checkpoint;
  private ByteBuffer bytes;

  /** Makes the training, and a file to load. */
  @Setup
  public void prepare() throws IOException {
    folder = Files.createTempDirectory("checkpoint-benchmark");
    saved = folder.resolve("saved.spk");
    target = folder.resolve("target.spk");
    double[] values = new SplittableRandom(1).doubles(size).toArray();
    Parameter w = Parameter.of("w", Tensor.of(Shape.of(size), values));
    Dataset data = new Dataset(Tensor.matrix(new double[] {1}), Tensor.vector(1));
    Trainer trainer =
        new Trainer(
            x -> w.square(),
            (y, target) -> y.mean(),
            new Adam(List.of(w)),
            new DataLoader(data, 1));
    trainer.run(2);
    checkpoint = new Checkpoint(trainer, Map.of("w", w));
    checkpoint.save(saved);
    byte[] raw = Files.readAllBytes(saved);
    bytes = ByteBuffer.allocateDirect(raw.length).put(raw).flip();
  }

  /** Deletes the files. */
  @TearDown
  public void delete() throws IOException {
    Files.deleteIfExists(saved);
    Files.deleteIfExists(target);
    Files.delete(folder);
  }

  /** Saves, over the file of the time before. */
  @Benchmark
  public void save() throws IOException {
    checkpoint.save(target);
  }

  /** Loads. */
  @Benchmark
  public void load() throws IOException {
    checkpoint.load(saved);
  }

  /** The baseline of saving. */
  @Benchmark
  public void rawWrite() throws IOException {
    Path aside = folder.resolve("aside");
    try (FileChannel out =
        FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer all = bytes.duplicate();
      while (all.hasRemaining()) {
        out.write(all);
      }
      out.force(true);
    }
    Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel names = FileChannel.open(folder)) {
      names.force(true);
    }
  }

  /** The baseline of loading. */
  @Benchmark
  public ByteBuffer rawRead() throws IOException {
    ByteBuffer all = bytes.clear();
    try (FileChannel in = FileChannel.open(saved)) {
      while (all.hasRemaining() && in.read(all) >= 0) {
        // until it is full
      }
    }
    return all.flip();
  }
}
