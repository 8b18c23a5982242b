package org.spikelet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The two launchers, {@code ./spikelet} and {@code spikelet.cmd}, hand Java the same options. */
class LaunchersTest {

  /** What a batch file cannot find out. */
  private static final Set<String> ASKED = Set.of("-Dspikelet.columns", "-Dspikelet.keyboard");

  private static final Pattern OPTION =
      Pattern.compile(
          "(?<= |=|\")(-D(?!maven)[\\w.]+|-X[\\w:+]+|--add-modules=\\S+?)(?=[\\s\"=]|$)");

  private static Set<String> options(String launcher) throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    Set<String> options = new TreeSet<>();
    Files.readString(root.resolve(launcher))
        .lines()
        .filter(line -> !line.startsWith("rem ") && !line.startsWith("#"))
        .forEach(line -> OPTION.matcher(line).results().forEach(r -> options.add(r.group(1))));
    return options;
  }

  @Test
  void bothGiveTheSameOptions() throws IOException {
    Set<String> windows = new TreeSet<>(options("spikelet.cmd"));
    Set<String> unix = options("spikelet");

    assertThat(unix).contains("-Dspikelet.shell", "-XX:+UseSerialGC", "-Dstdout.encoding");
    windows.addAll(ASKED);
    assertThat(windows).isEqualTo(unix);
  }

  @Test
  void bothSayTheSameOfBuilding() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    String words = "Building Spikelet, first use only: one to four minutes ...";

    assertThat(Files.readString(root.resolve("spikelet"))).contains(words);
    assertThat(Files.readString(root.resolve("spikelet.cmd"))).contains(words);
  }
}
