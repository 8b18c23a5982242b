package org.spikelet.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.app.Chromium;
import org.spikelet.app.OfflinePage;
import org.spikelet.app.Output;

/** Opens reports in a browser without a window; skipped where there is no Chromium. */
class ReportPageTest {

  @TempDir static Path folder;
  private static Path doctor;
  private static Path lab;
  private static Path spikes;

  @BeforeAll
  static void makeReports() {
    Chromium.assumeInstalled();
    doctor = folder.resolve("doctor");
    lab = folder.resolve("lab");
    spikes = folder.resolve("spikes");
    Output plant =
        Output.of(
            "doctor",
            "--plant",
            "outliers",
            "--hidden",
            "10",
            "--examine",
            "1",
            "--out",
            doctor.toString());
    assertThat(plant.exitCode()).as(plant.err()).isZero();
    Output claims =
        Output.of(
            "lab",
            "--only",
            "log-of-zero,clip-heavy-tails",
            "--steps",
            "1010",
            "--seeds",
            "2",
            "--out",
            lab.toString());
    assertThat(claims.exitCode()).as(claims.err()).isZero();
    Output question =
        Output.of(
            "spikes", "--quick", "--steps", "800", "--examine", "1", "--out", spikes.toString());
    assertThat(question.exitCode()).as(question.err()).isZero();
  }

  /** Opens a report, does something, and returns the page as it is then. */
  private static String open(Path report, String actions) throws IOException, InterruptedException {
    return OfflinePage.open(report.resolve("report.html"), folder, actions, "");
  }

  @Test
  void theReportOpensWithoutErrorsAndRequests() throws IOException, InterruptedException {
    String page = open(doctor, "");

    assertThat(page)
        .contains("<canvas", "class=\"bar examined\"")
        .doesNotContain("class=\"entry\"");
  }

  @Test
  void clickingASpikeShowsItsEntry() throws IOException, InterruptedException {
    String page =
        open(
            doctor,
            // The marker of the spike is on the canvas: click where it is drawn.
            "const over = document.querySelector('.u-over');"
                + "const box = over.getBoundingClientRect();"
                + "const data = JSON.parse(document.getElementById('data').textContent);"
                + "const run = data.sections[0].runs[0];"
                + "const spike = run.spikes.find((s) => s.entry);"
                + "const x = box.left + box.width * spike.peak / (run.losses.length - 1);"
                + "const at = {clientX: x, clientY: box.top + 20, bubbles: true};"
                + "over.dispatchEvent(new PointerEvent('pointerdown', at));"
                + "over.dispatchEvent(new MouseEvent('click', at))");

    assertThat(page)
        .contains("class=\"entry\"", "Replay without a change", "same, bit for bit")
        .contains("RMSₜ", "Cosine of an update", "η · λ", "Layers at the peak");
  }

  @Test
  void enterOnASpikeShowsItsEntryToo() throws IOException, InterruptedException {
    String page =
        open(
            doctor,
            "const plot = document.querySelector('.plot');"
                + "const press = (key) =>"
                + " plot.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));"
                + "plot.focus(); press('ArrowRight'); press('Enter');"
                + "document.body.dataset.focus = document.activeElement.className");

    assertThat(page).contains("class=\"entry\"", "data-focus=\"entry\"");
  }

  /** What stands on a canvas is no text of the page: it is overheard where it is drawn. */
  @Test
  void theAxisOfTheStepsIsNamed() throws IOException, InterruptedException {
    String page =
        open(
            doctor,
            "const draw = CanvasRenderingContext2D.prototype.fillText;"
                + "CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {"
                + "document.body.dataset.drawn = (document.body.dataset.drawn || '') + text + '|';"
                + "return draw.call(this, text, ...place); };"
                + "[...document.querySelectorAll('.segments button')]"
                + ".find((b) => b.textContent === 'Linear').click()");

    assertThat(page).containsPattern("data-drawn=\"[^\"]*\\bIteration\\|");
  }

  private static final String OPEN_AN_ENTRY = "document.querySelector('.examined button').click();";

  @Test
  void escapeClosesTheEntryAndALongExplanationIsFolded() throws IOException, InterruptedException {
    String page =
        open(
            doctor,
            OPEN_AN_ENTRY
                + "document.body.dataset.folded = document.querySelectorAll('.why').length;"
                + "document.querySelector('.entry').dispatchEvent("
                + "new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))");

    assertThat(page).contains("data-folded=\"1\"").doesNotContain("class=\"entry\"");
  }

  @Test
  void aWordIsExplainedWhereItStands() throws IOException, InterruptedException {
    String page =
        open(
            doctor,
            OPEN_AN_ENTRY
                + "[...document.querySelectorAll('.term')].find((t) => t.textContent === 'nats')"
                + ".click()");

    assertThat(page).contains("class=\"explained shown\"", "2.3 nats ten times");
  }

  /** The rules of axe-core, in light, for all three pages, with all that can be opened open. */
  @Test
  void nothingKeepsAnybodyFromReadingThePages() throws IOException, InterruptedException {
    for (Path report : List.of(doctor, lab, spikes)) {
      String page =
          OfflinePage.axe(
              report.resolve("report.html"),
              folder,
              (report.equals(lab) ? "" : OPEN_AN_ENTRY)
                  + "document.querySelectorAll('details')"
                  + ".forEach((details) => { details.open = true; });");

      assertThat(page).containsPattern(OfflinePage.ACCESSIBLE);
    }
  }

  /** The laboratory's has a table of remedies. */
  @Test
  void norOnAPhoneWhereNothingIsCut() throws IOException, InterruptedException {
    for (Path report : List.of(doctor, lab, spikes)) {
      String page =
          OfflinePage.axeOnPhone(
              report.resolve("report.html"), folder, report.equals(lab) ? "" : OPEN_AN_ENTRY);

      assertThat(page)
          .as(report.toString())
          .containsPattern(OfflinePage.ACCESSIBLE)
          .contains("data-cut=\"\"");
    }
  }

  @Test
  void theVerdictsOfTheLaboratoryAreATable() throws IOException, InterruptedException {
    String page = open(lab, "document.querySelector('summary').click()");

    assertThat(page)
        .contains("mean of 2 seeds.", "Spikes and rise are means of 2 seeds,")
        .contains(
            "class=\"mark supported\"", "./spikelet lab --only log-of-zero --seeds 2 --steps 1010")
        .contains("What helps on heavy-tailed data")
        .containsPattern("<details class=\"claim\"[^>]*open");
  }

  /** As SGD's in one dimension does, after 3,500 steps. */
  @Test
  void aLossThatComesDownToTheLeastOfNumbersIsDrawn() throws IOException, InterruptedException {
    String page = Files.readString(lab.resolve("report.html"));
    String least = page.replaceFirst("\"least\":\\[[^,]+,", "\"least\":[4.9E-324,");
    assertThat(least).isNotEqualTo(page);
    Path out = Files.createDirectories(folder.resolve("least"));
    Files.writeString(out.resolve("report.html"), least);

    assertThat(open(out, ""))
        .contains("id=\"claim-log-of-zero\"", ">10⁻²³¹<", "What helps on heavy-tailed data")
        .contains("Run it again");
  }

  @Test
  void theMechanismIsMovedByHand() throws IOException, InterruptedException {
    String page =
        open(
            lab,
            "const eta = document.getElementById('eta');"
                + "eta.value = 4;"
                + "eta.dispatchEvent(new Event('input', {bubbles: true}))");

    assertThat(page)
        .contains("aria-valuetext=\"0.01\"", "<b>5 bursts in 20,000 steps.</b>")
        .contains("passed 38 at step 13,254", "burst began at step 13,280")
        // All cells are filled.
        .doesNotContainPattern("<text[^>]*></text>");
  }

  @Test
  void aClickOnTheMapMovesTheSliders() throws IOException, InterruptedException {
    String page =
        open(
            lab,
            "document.querySelector('.map rect')"
                + ".dispatchEvent(new MouseEvent('click', {bubbles: true}))");

    assertThat(page)
        .contains("<output for=\"eta\">0.001</output>", "<output for=\"beta2\">0.9</output>")
        .contains("<b>Never calm.</b>");
  }

  @Test
  void theDoctorsReportHasNothingToMove() throws IOException, InterruptedException {
    assertThat(open(doctor, "")).doesNotContain("by-hand", "What these runs show");
  }

  @Test
  void theOpinionOnALogHasChartHypothesesAndChanges() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder("step,loss\n");
    for (int t = 0; t < 600; t++) {
      double loss = Math.exp(-t / 100.0) + 0.1 + 0.01 * Math.sin(7 * t);
      text.append(10 * t).append(',').append(t == 400 ? 9 * loss : loss).append('\n');
    }
    Path file = Files.writeString(folder.resolve("train.csv"), text);
    Path out = folder.resolve("log");
    Output output = Output.of("doctor", "--log", file.toString(), "--out", out.toString());
    assertThat(output.exitCode()).as(output.err()).isZero();

    String page = open(out, "document.querySelectorAll('.steps button')[1].click()");

    assertThat(page)
        .contains("<canvas", "1. Rows of one batch (single points)", "What this log cannot tell")
        .contains("The one change that separates it from 2", "rows.topk(3)")
        .contains("rise 1 of 1", "<i>peak </i>4,000");
  }
}
