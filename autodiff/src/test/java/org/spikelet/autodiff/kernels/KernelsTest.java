package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which kernels are used. */
class KernelsTest {

  @Test
  void theyCanBeChosen() {
    assertThat(Kernels.choose("reference")).isInstanceOf(ReferenceKernels.class);
    assertThat(Kernels.choose("vector")).isInstanceOf(VectorKernels.class);
  }

  @Test
  void theTestsRunWithTheVectorOnes() {
    assumeTrue(CompilerCheck.objection().isEmpty());
    assertThat(Kernels.choose("")).isInstanceOf(VectorKernels.class);
    assertThat(Kernels.ACTIVE.description()).matches("vector, \\d+ bits");
  }

  /** What HotSpot 17 and 25 say of themselves when they are started so. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OpenJDK 64-Bit Server VM|interpreted mode, sharing",
        "OpenJDK 64-Bit Server VM|mixed mode, emulated-client, sharing",
        "OpenJDK 64-Bit Zero VM|interpreted mode",
        "OpenJDK Client VM|mixed mode",
        "OpenJDK 64-Bit Minimal VM|mixed mode"
      })
  void aJvmWithoutTheOptimizingCompilerIsKnown(String name, String info) {
    assertThat(CompilerCheck.objection(name, info)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OpenJDK 64-Bit Server VM|mixed mode, sharing",
        "OpenJDK 64-Bit Server VM|mixed mode",
        "OpenJDK 64-Bit Server VM|compiled mode, sharing",
        "Java HotSpot(TM) 64-Bit Server VM|mixed mode, sharing"
      })
  void nothingIsSaidAgainstTheOthers(String name, String info) {
    assertThat(CompilerCheck.objection(name, info)).isEmpty();
  }

  /** Each in a JVM of its own, twice: what is chosen depends on nothing but the options. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-XX:TieredStopAtLevel=0|reference, plain loops: .+",
        "-XX:TieredStopAtLevel=1|reference, plain loops: .+",
        "-XX:TieredStopAtLevel=2|reference, plain loops: -XX:TieredStopAtLevel .+",
        "-XX:TieredStopAtLevel=3|reference, plain loops: -XX:TieredStopAtLevel .+",
        "-XX:-UseFMA|reference, plain loops: there is no instruction for .+",
        "-XX:MaxVectorSize=8|reference, plain loops: vectors have room for one number",
        "-XX:CompilationMode=quick-only|reference, plain loops: .+",
        "-Xint|reference, plain loops: this JVM only interprets",
        "-XX:-TieredCompilation|vector, \\d+ bits",
        "-XX:+UseSerialGC|vector, \\d+ bits",
        "-Xint -Dspikelet.kernels=vector|vector, \\d+ bits",
        "-XX:+UseSerialGC -Dspikelet.kernels=reference|reference, plain loops"
      })
  void theChoiceFollowsFromTheOptionsOfTheJvm(String options, String description)
      throws IOException, InterruptedException {
    // A processor may have no vectors worth the name.
    assumeTrue(
        !description.startsWith("vector")
            || options.contains("kernels=vector")
            || inOwnJvm(Say.class, "-Dspikelet.kernels=").startsWith("vector"));
    for (int time = 0; time < 2; time++) {
      assertThat(inOwnJvm(Say.class, options.split(" "))).matches(description);
    }
  }

  /** What the main method of a class says in a JVM started with these options. */
  static String inOwnJvm(Class<?> main, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    // The JVM itself may warn of an option on standard output.
    return said.strip().lines().reduce("", (before, line) -> line);
  }

  /** Says which kernels are in use. */
  static final class Say {
    public static void main(String[] args) {
      System.out.println(Kernels.ACTIVE.description());
    }
  }

  @Test
  void anotherNameIsRefused() {
    assertThatThrownBy(() -> Kernels.choose("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spikelet.kernels: must be reference or vector, got 'fast'");
  }
}
