package org.spikelet.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A browser without a window, on machines that have one. */
public final class Chromium {

  private Chromium() {}

  /** Skips the test where there is none. */
  public static void assumeInstalled() {
    assumeTrue(
        program().isPresent(), "there is no Chromium on this machine: the page is not tested");
  }

  private static Optional<String> program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            path ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(path, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /**
   * Opens a page and returns it as its scripts have made it.
   *
   * @param folder for its own files
   * @param width of its window; below 500 it is 500
   */
  public static String dom(Path page, Path folder, int width)
      throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(folder, "profile");
    Path dom = Files.createTempFile(folder, "dom", ".html");
    Process process =
        new ProcessBuilder(
                List.of(
                    program().orElseThrow(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + profile,
                    "--virtual-time-budget=5000",
                    "--window-size=" + width + ",900",
                    "--dump-dom",
                    page.toUri().toString()))
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // Not for so many seconds: on a busy machine it takes what it takes.
    process.waitFor();
    return Files.readString(dom, StandardCharsets.UTF_8);
  }
}
