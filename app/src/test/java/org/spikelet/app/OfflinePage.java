package org.spikelet.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a page in a browser without a window, does something on it, and looks what it became. */
public final class OfflinePage {

  /** Collects what goes wrong, and what the page asks of the network, in attributes of the body. */
  private static final String WATCH =
      "<script>"
          + "let errors = '';"
          + "addEventListener('error', (e) => { errors += e.message + ';'; });"
          + "addEventListener('unhandledrejection', (e) => { errors += e.reason + ';'; });"
          + "addEventListener('securitypolicyviolation', (e) => { errors += e.blockedURI + ';'; });"
          + "addEventListener('load', () => setTimeout(() => {"
          + "  ACTIONS;"
          + "  document.body.dataset.errors = errors;"
          + "  document.body.dataset.requests = performance.getEntriesByType('resource').length;"
          + "}, 300));"
          + "</script>";

  /** What {@link #axe} finds, as an attribute of the body. */
  public static final String ACCESSIBLE = "data-axe=\"[1-9]\\d+ passed, against ;\"";

  private static final int DESK = 1280;

  private OfflinePage() {}

  /**
   * Opens a page, runs actions, and returns what is to be seen then, without styles, data and
   * scripts. Fails on any error, and on any request.
   *
   * @param folder for files that are needed for it
   * @param scripts elements to stand before those of the page
   */
  public static String open(Path page, Path folder, String actions, String scripts)
      throws IOException, InterruptedException {
    return open(page, folder, DESK, actions, scripts);
  }

  private static String open(Path page, Path folder, int width, String actions, String scripts)
      throws IOException, InterruptedException {
    Path copy = Files.createTempFile(folder, "page", ".html");
    Files.writeString(
        copy,
        Files.readString(page)
            .replace("<title>", scripts + WATCH.replace("ACTIONS", actions) + "<title>"));
    String all = Chromium.dom(copy, folder, width);
    String text =
        all.substring(all.indexOf("<body"), all.indexOf("<script type=\"application/json\""));
    assertThat(text).contains("data-errors=\"\"", "data-requests=\"0\"");
    return text;
  }

  /** The same, with the rules of axe-core tried after the actions. */
  public static String axe(Path page, Path folder, String actions)
      throws IOException, InterruptedException {
    return axe(page, folder, DESK, actions, "");
  }

  /** The same at the width of a phone. What is cut there is an attribute of the body, too. */
  public static String axeOnPhone(Path page, Path folder, String actions)
      throws IOException, InterruptedException {
    // The window is wider than a phone, though not too wide for a phone's style sheet.
    return axe(
        page,
        folder,
        500,
        actions
            + "document.body.dataset.cut = [...document.querySelectorAll('.table-box, .page')]"
            + ".filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.className);",
        "<style>body { width: 390px; }</style>");
  }

  private static String axe(Path page, Path folder, int width, String actions, String style)
      throws IOException, InterruptedException {
    try (InputStream in = OfflinePage.class.getResourceAsStream("/axe-core/axe.min.js")) {
      String axe = new String(in.readAllBytes(), UTF_8).replace("</script", "<\\/script");
      return open(
          page,
          folder,
          width,
          actions
              + "axe.run().then((found) => { document.body.dataset.axe ="
              + " found.passes.length + ' passed, against ' + found.violations.map("
              + "(v) => v.id + ': ' + v.nodes[0].target).join(', ') + ';'; })",
          "<script>" + axe + "</script>" + style);
    }
  }
}
