package org.spikelet.app.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.app.Chromium;
import org.spikelet.app.OfflinePage;
import org.spikelet.app.Output;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.LayerNorm;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.show.TapeView;

/** Opens pictures of tapes in a browser without a window; skipped where there is no Chromium. */
class TapePageTest {

  private static final String PRESS =
      "const press = (key, n = 1) => { for (let i = 0; i < n; i++)"
          + " document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true})); };";

  private static final String CLICK =
      "const click = (e) => e.dispatchEvent(new MouseEvent('click', {bubbles: true}));";

  @TempDir static Path folder;
  private static Path number;
  private static Path xor;
  private static Path question;
  private static Path large;
  private static Path broken;

  @BeforeAll
  static void makePages() throws IOException {
    Chromium.assumeInstalled();
    number = show("01");
    xor = show("03");
    question = show("question");
    large = folder.resolve("large.html");
    large().write(large);
    broken = folder.resolve("broken.html");
    broken().write(broken);
  }

  private static Path show(String program) {
    Path page = folder.resolve(program + ".html");
    Output output = Output.of("show", program, "--out", page.toString());
    assertThat(output.exitCode()).as(output.err()).isZero();
    return page;
  }

  /** 15 · (1 + 11) + 15 + 1 operations. */
  private static TapeView large() {
    SplittableRandom random = new SplittableRandom(1);
    Module[] layers = new Module[45];
    for (int i = 0; i < layers.length; i += 3) {
      layers[i] = Dense.of(8, 8, random);
      layers[i + 1] = LayerNorm.of(8);
      layers[i + 2] = Activation.RELU;
    }
    TapeView view = new TapeView();
    try (Tape tape = Tape.record(view)) {
      tape.gradients(Sequential.of(layers).forward(Tensor.ones(Shape.of(4, 8))).sum());
    }
    return view;
  }

  /** A logarithm of a negative number, after a ReLU with a dead unit. */
  private static TapeView broken() {
    TapeView view = new TapeView();
    try (Tape tape = Tape.record(view)) {
      Tensor x = tape.watch(Tensor.matrix(new double[] {1, -2}, new double[] {3, -4}));
      tape.gradients(x.relu().sub(2).log().sum());
    }
    return view;
  }

  private static String open(Path page, String actions) throws IOException, InterruptedException {
    return OfflinePage.open(page, folder, PRESS + CLICK + actions, "");
  }

  @Test
  void theFirstOperationIsShownWithRuleValuesAndLine() throws IOException, InterruptedException {
    assertThat(open(xor, ""))
        .contains("11 operations; 4 parameters; walked back once, by 15 rules.")
        .contains("<i>Forward: </i>t1 = affine(c1, 0.weight, 0.bias)", "1 of 27")
        .contains("Affine map, y = a · b + c, the numbers of")
        .contains("Example03Xor.java:", "class=\"here\"")
        .contains("<td class=\"layer\">1</td><td class=\"mono\">tanh(t1)</td>");
  }

  @Test
  void theArrowsWalkForwardAndBack() throws IOException, InterruptedException {
    assertThat(open(xor, "press('ArrowRight', 3); press('ArrowLeft')"))
        .contains("t3 = affine(t2, 2.weight, 2.bias)");
    String back = open(xor, "press('End')");
    assertThat(back)
        .contains("<i>Back: </i>d0.bias = rule of affine(c1, 0.weight, 0.bias), applied to dt1")
        .contains("What the rule gives to d0.bias", "class=\"edge gives\"")
        .containsPattern("class=\"node leaf( \\w+)* gets\"");
  }

  @Test
  void anAdjointThatIsAddedIsShownWithItsSum() throws IOException, InterruptedException {
    assertThat(open(xor, "press('ArrowRight', 20)"))
        .contains("dt3 += rule of neg(t3), applied to dt4", "dt3 now, the sum of 2");
  }

  @Test
  void theSliderMovesIt() throws IOException, InterruptedException {
    assertThat(
            open(
                xor,
                "const slider = document.querySelector('input[type=range]'); slider.value = 11;"
                    + "slider.dispatchEvent(new Event('input', {bubbles: true}))"))
        .contains("Walk 1 back begins: </i>dt11 = 1")
        .contains("aria-valuetext=\"Walk 1 back begins: dt11 = 1\"");
  }

  @Test
  void aClickedNodeIsShownUntilEscape() throws IOException, InterruptedException {
    String clicked = "press('End'); click(document.querySelectorAll('.node:not(.leaf)')[1]);";

    assertThat(open(xor, clicked)).contains(">Close</button>", "t2  tanh</h2>");
    assertThat(open(xor, clicked + "press('Escape')"))
        .contains("t1  affine</h2>")
        .doesNotContain(">Close</button>");
  }

  @Test
  void aSecondDerivativeIsPartOfTheTape() throws IOException, InterruptedException {
    String page = open(number, "press('ArrowRight', 8)");

    assertThat(page)
        .contains("10 operations; walked back 2 times", "Dashed: recorded on the way back.")
        .contains("Recorded on the way back: </i>t6 = cos(x1)")
        .contains("the derivative of t2 (sin), recorded in walk 1")
        .contains("The line whose derivative it is: Example01Number.java:");
  }

  @Test
  void layersFoldAndUnfold() throws IOException, InterruptedException {
    String page = open(large, "");
    assertThat(page)
        .contains("211 operations", "layer 0", ">1 operation, 4×8", ">12 operations, 4×8")
        .doesNotContain("data-place=\"3\"");
    assertThat(page.split("<g class=\"node").length).isBetween(40, 60);

    assertThat(open(large, "click(document.querySelector('.fold-row button'))"))
        .contains("aria-expanded=\"true\"", "t1  affine");
    assertThat(open(large, "click(document.querySelector('#list .bar button'))"))
        .contains("Fold all layers", "t200");
  }

  @Test
  void notANumberAndDeadUnitsStandOut() throws IOException, InterruptedException {
    assertThat(open(broken, "press('ArrowRight', 2)"))
        .contains("NaN or ±∞ first in t3  log.", "Dead ReLU units: 1 of 2 in t1.")
        .contains("From finite inputs it made NaN or ±∞.", "class=\"nan\">NaN</td>")
        .contains("1 dead</text>")
        .containsPattern("class=\"node bad( \\w+)*\"");
  }

  @Test
  void aLongLineOfTheReadersSourceIsWhole() throws IOException, InterruptedException {
    String cut =
        "const lines = [...document.querySelectorAll('.code')];"
            + "lines.forEach((c) => { c.style.width = '300px'; });"
            + "document.body.dataset.cut = lines.filter((c) => c.scrollWidth > c.clientWidth).length"
            + " + ' of ' + lines.length;";

    assertThat(open(xor, cut)).contains("data-cut=\"0 of 1\"");
  }

  /** The rules of axe-core, on the way forward and back, with a node clicked, layers folded. */
  @Test
  void nothingKeepsAnybodyFromReadingIt() throws IOException, InterruptedException {
    axe(number, "press('ArrowRight', 9);");
    axe(xor, "press('End');");
    axe(question, "click(document.querySelectorAll('.node')[1]);");
    axe(large, "click(document.querySelector('.fold-row button'));");
    axe(broken, "press('ArrowRight', 2);");
  }

  private static void axe(Path page, String actions) throws IOException, InterruptedException {
    assertThat(OfflinePage.axe(page, folder, PRESS + CLICK + actions))
        .as("%s after %s", page, actions)
        .containsPattern(OfflinePage.ACCESSIBLE);
  }
}
