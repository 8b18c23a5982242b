package org.spikelet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands whose process is killed, and that go on: what they write is what they would have written
 * without, but for the times. The system property {@code spikelet.kills} says how many kills; 3
 * without it.
 */
class ResumeTest {

  private static final int KILLS = Integer.getInteger("spikelet.kills", 3);

  /** The times in a report. */
  private static final String TIMES = "\"seconds\":[0-9.E-]+";

  @TempDir private Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  private List<String> spikes(String... more) {
    return words("spikes --seed 2 --steps 150 --examine 1", more);
  }

  private List<String> doctor(String... more) throws IOException {
    Path table = folder.resolve("table.csv");
    if (!Files.exists(table)) {
      SplittableRandom random = new SplittableRandom(1);
      Files.writeString(
          table,
          IntStream.range(0, 301)
              .mapToObj(row -> random.nextDouble() + "," + (row == 17 ? 900 : random.nextDouble()))
              .collect(Collectors.joining("\n", "size,price\n", "\n")));
    }
    return words(
        "doctor --targets price --steps 300 --examine 2 --batch-norm --drop-last --data " + table,
        more);
  }

  private List<String> words(String command, String... more) {
    return Stream.of(Stream.of(command.split(" ")), Stream.of(more), Stream.of("--out", "" + out()))
        .flatMap(all -> all)
        .toList();
  }

  /** A process that keeps its trainings often. */
  private Process start(List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      command.add("--add-modules=jdk.incubator.vector");
    }
    command.add("-Dspikelet.keep.milliseconds=20");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(words);
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("stdout").toFile())
        .redirectError(folder.resolve("stderr").toFile())
        .start();
  }

  /** Has kept something, and goes on. */
  private Process begun(List<String> words) throws IOException {
    Process process = start(words);
    while (kept(".spk").isEmpty()) {
      assertThat(process.isAlive()).as(said()).isTrue();
      Thread.onSpinWait();
    }
    return process;
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("stderr"), StandardCharsets.UTF_8);
  }

  private List<Path> kept(String end) throws IOException {
    if (!Files.exists(out())) {
      return List.of();
    }
    // A file may be renamed meanwhile.
    try (Stream<Path> files = Files.walk(out())) {
      return files.filter(file -> file.toString().endsWith(end) && isWhole(file)).toList();
    } catch (UncheckedIOException e) {
      return List.of();
    }
  }

  private static boolean isWhole(Path file) {
    return !file.getParent().getFileName().toString().startsWith(".");
  }

  private static Output run(List<String> words) {
    return Output.of(words.toArray(String[]::new));
  }

  /** What is in each file, but for what may differ; without what a killed process left. */
  private Map<String, String> written() throws IOException {
    Map<String, String> written = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = out().relativize(file).toString();
        if (!name.contains(".spikelet")) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          String kept = text.replaceAll(TIMES, "");
          written.put(name, kept.length() + " letters, hash " + kept.hashCode());
        }
      }
    }
    return written;
  }

  private Map<String, String> withoutStopping(List<String> words) throws IOException {
    Output output = run(words);
    assertThat(output.exitCode()).as(output.err()).isZero();
    Map<String, String> written = written();
    delete(out());
    return written;
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.toList()) {
          delete(file);
        }
      }
    }
    Files.delete(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spikes", "doctor"})
  void aCommandThatIsKilledAndGoesOnWritesTheSame(String command) throws Exception {
    boolean spikes = command.equals("spikes");
    Map<String, String> whole = withoutStopping(spikes ? spikes() : doctor());
    SplittableRandom random = new SplittableRandom(7);
    List<String> resumed = spikes ? spikes("--resume") : doctor("--resume");
    begun(spikes ? spikes() : doctor()).destroyForcibly().waitFor();
    for (int kill = 1; kill < KILLS; kill++) {
      Process process = start(resumed);
      // Somewhere in the training, or the examination.
      process.waitFor(random.nextInt(900, 2500), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      if (process.exitValue() == 0) {
        delete(out()); // It had come to its end.
      }
    }
    Output output = run(resumed);
    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(written()).isEqualTo(whole);
  }

  @Test
  void theLastLinesSayHowToGoOn() throws Exception {
    Process process = begun(spikes());
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(said())
        .containsPattern(
            "\\nInterrupted\\. 0 of 4 trainings are finished\\.\\n"
                + "Kept: flagship-(Adam|SGD) up to step [0-9]+.*, in\\n'")
        .contains("Go on with: ./spikelet " + String.join(" ", spikes()) + " --resume\n");

    delete(out());
    Process doctor = begun(doctor());
    doctor.destroy();
    assertThat(doctor.waitFor()).isEqualTo(143);
    assertThat(said())
        .containsPattern("\\nInterrupted\\. The training is kept up to step [0-9]+ in\\n");
  }

  @Test
  void otherOptionsAreRefused() throws Exception {
    begun(spikes()).destroyForcibly().waitFor();
    Map<String, String> before = written();

    Output output = run(spikes("--resume", "--batch-size", "16", "--drop-last"));
    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err())
        .endsWith(
            """
            was begun with other options:
            - --batch-size was 32, now 16
            - --drop-last was not given, now true
            Take the same ones, or leave out --resume to begin anew. Nothing is changed.
            """);
    assertThat(written()).isEqualTo(before);
  }

  @Test
  void otherDataAreRefused() throws Exception {
    begun(doctor()).destroyForcibly().waitFor();
    Map<String, String> before = written();
    Files.writeString(
        folder.resolve("table.csv"),
        Files.readString(folder.resolve("table.csv")).replace("900.0\n", "901.0\n"));

    Output output = run(doctor("--resume"));
    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err())
        .containsPattern("- the loader had data=[0-9a-f]+, here data=[0-9a-f]+\\n")
        .endsWith("Leave out --resume to begin anew.\n");
    assertThat(written()).isEqualTo(before);
  }

  @Test
  void aDamagedFileIsSaidAndItsTrainingBeginsAnew() throws Exception {
    Map<String, String> whole = withoutStopping(doctor());
    begun(doctor()).destroyForcibly().waitFor();
    Path file = kept(".spk").get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);

    Output output = run(doctor("--resume"));
    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.err()).contains("is damaged: bytes ", "This training begins anew.\n");
    assertThat(written()).isEqualTo(whole);
  }

  @Test
  void withoutResumeNothingIsLost() throws Exception {
    begun(doctor()).destroyForcibly().waitFor();
    Path file = kept(".spk").get(0);

    Output output = run(doctor());
    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.err()).contains("to go on with them, stop it and add --resume.\n");
    assertThat(file).exists();
  }

  @Test
  void nothingToGoOnWithIsSaid() throws IOException {
    Output output = run(doctor("--resume"));
    assertThat(output.exitCode()).isZero();
    assertThat(output.err()).contains("Nothing is kept in '" + out(), "'; this begins anew.\n");
  }

  @Test
  void aPlantedTrainingIsNotResumed() {
    Output output = run(words("doctor --plant outliers", "--resume"));
    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains("--resume has no effect with --plant");
  }
}
