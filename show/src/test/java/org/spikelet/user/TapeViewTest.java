package org.spikelet.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Sequential;
import org.spikelet.show.TapeView;

/** What a user's own program sees of its tapes. */
class TapeViewTest {

  private static final String DATA = "<script type=\"application/json\" id=\"data\">";

  @TempDir Path folder;

  private static JsonNode data(TapeView view) throws IOException {
    String page = view.page();
    int from = page.indexOf(DATA) + DATA.length();
    return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }

  private static List<String> texts(JsonNode items, String field) {
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.add(item.get(field).asText()));
    return texts;
  }

  /** x² · x + 1 at 2: each node, each rule and the sum where two derivatives meet. */
  private static TapeView cube() {
    TapeView view = new TapeView();
    try (Tape tape = Tape.record(view)) {
      Tensor x = tape.watch(Tensor.scalar(2));
      Tensor y = x.mul(x.square()).add(1);
      assertThat(tape.gradients(y).of(x).item()).isEqualTo(12);
    }
    return view;
  }

  @Test
  void theTableHasTheWayForwardAndTheWayBack() {
    assertThat(cube().toString().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "A tape",
            "",
            " layer operation shape values",
            "t1 square(x1) scalar 4",
            "t2 mul(x1, t1) scalar 8",
            "t3 add(t2, 1) scalar 9",
            "",
            "Walk back 1, from t3 with 1",
            "t3 add gives dt2 scalar 1",
            "t2 mul gives dx1 scalar 4",
            "t2 mul gives dt1 scalar 2",
            "t1 square adds to dx1 scalar sum 12");
  }

  @Test
  void thePageHasTheSameInTheOrderOfTime() throws IOException {
    JsonNode data = data(cube());

    assertThat(texts(data.get("nodes"), "label")).containsExactly("x1", "t1", "t2", "t3");
    assertThat(texts(data.get("events"), "type"))
        .containsExactly(
            "computed", "computed", "computed", "start", "added", "added", "added", "added");
    JsonNode last = data.get("events").get(7);
    assertThat(last.get("to").asInt()).isZero();
    assertThat(last.get("count").asInt()).isEqualTo(2);
    assertThat(last.get("derivative").get("first").get(0).asDouble()).isEqualTo(8);
    assertThat(last.get("sum").get("first").get(0).asDouble()).isEqualTo(12);
    assertThat(last.get("ran")).extracting(JsonNode::asText).containsExactly("mul", "mul");
    assertThat(data.get("rules").get("square").asText()).isEqualTo("Square, x²; dx = g · 2x.");
  }

  @Test
  void theUsersLineStandsBesideEachOperation() throws IOException {
    JsonNode line = data(cube()).get("lines").get(0);

    assertThat(line.get("words").asText()).matches("TapeViewTest\\.java:\\d+");
    int place = line.get("line").asInt() - line.get("first").asInt();
    assertThat(line.get("text").get(place).asText()).contains("x.mul(x.square()).add(1)");
  }

  @Test
  void aSecondDerivativeHasALongerTape() throws IOException {
    TapeView view = new TapeView();
    int length;
    try (Tape tape = Tape.record(view)) {
      Tensor x = tape.watch(Tensor.scalar(2));
      Gradients first = tape.recordedGradients(x.square().mul(x.sin()));
      length = tape.size();
      tape.gradients(first.of(x));
    }
    JsonNode nodes = data(view).get("nodes");

    assertThat(nodes).hasSize(length);
    JsonNode cosine = nodes.get(texts(nodes, "name").indexOf("cos"));
    assertThat(cosine.get("walk").asInt()).isEqualTo(1);
    assertThat(nodes.get(cosine.get("of").asInt()).get("name").asText()).isEqualTo("sin");
    assertThat(cosine.get("line")).isEqualTo(nodes.get(1).get("line"));
    // The sum of the two derivatives of x is part of no rule.
    JsonNode sum = nodes.get(length - 1);
    assertThat(sum.get("name").asText()).isEqualTo("add");
    assertThat(sum.get("of").asInt()).isEqualTo(-1);
    assertThat(view.toString()).contains("Walk back 1, from t3", "Walk back 2, from t10");
  }

  @Test
  void layersParametersAndDeadUnitsAreNamed() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Dense hidden = Dense.of(3, 4, random);
    hidden.parameters().forEach(parameter -> parameter.assign(Tensor.full(parameter.shape(), -1)));
    TapeView view = new TapeView();
    try (Tape tape = Tape.record(view)) {
      Tensor y =
          Sequential.of(hidden, Activation.RELU, Dense.of(4, 1, random))
              .forward(Tensor.ones(Shape.of(5, 3)));
      tape.gradients(y.sum());
    }
    JsonNode nodes = data(view).get("nodes");

    assertThat(texts(nodes, "label")).contains("0.weight", "0.bias", "2.weight", "c1");
    JsonNode relu = nodes.get(texts(nodes, "name").indexOf("relu"));
    assertThat(relu.get("layer").asText()).isEqualTo("1");
    assertThat(relu.get("units")).extracting(JsonNode::asInt).containsExactly(5, 4, 4);
    assertThat(view.toString()).contains("dead 4/4");
  }

  @Test
  void oneRowTellsNothingOfDeadUnits() throws IOException {
    TapeView view = new TapeView();
    try (Tape tape = Tape.record(view)) {
      tape.gradients(tape.watch(Tensor.matrix(new double[] {-1, 1})).relu().sum());
    }
    assertThat(data(view).get("nodes").get(1).has("units")).isFalse();
  }

  @Test
  void notANumberAndInfinityAreWrittenAsWords() throws IOException {
    TapeView view = new TapeView();
    try (Tape tape = Tape.record(view)) {
      Tensor x = tape.watch(Tensor.vector(-1, 0, 1));
      tape.gradients(x.log().sum());
    }
    JsonNode log = data(view).get("nodes").get(1).get("values");

    assertThat(log.get("notFinite").asInt()).isEqualTo(2);
    assertThat(log.get("first")).extracting(JsonNode::asText).containsExactly("NaN", "−∞", "0");
    assertThat(view.toString()).contains("NaN or ±∞: 2");
  }

  @Test
  void allThatIsNotFiniteHasNoRange() {
    TapeView view = new TapeView();
    try (Tape tape = Tape.record(view)) {
      tape.gradients(tape.watch(Tensor.vector(-1, -2)).log().sum());
    }
    assertThat(view.toString()).contains("none finite");
  }

  /** Texts come from the user: names of operations, of parameters, of layers, and the heading. */
  @Test
  void noTextEndsTheScriptThatHoldsIt() throws IOException {
    String evil = "</script><!--<script>&\"\\\u2028\n\ud83d";
    Parameter w = Parameter.of(evil, Tensor.scalar(3));
    TapeView view = new TapeView().titled("<b>" + evil);
    try (Tape tape = Tape.record(view)) {
      Tensor y =
          Tape.within(
              evil, x -> Operation.enter(evil, Tensor.scalar(1), Operation.wrt(x, g -> g)), w);
      tape.gradients(y);
    }
    JsonNode nodes = data(view).get("nodes");

    assertThat(nodes.get(1).get("name").asText()).isEqualTo(evil);
    assertThat(nodes.get(1).get("layer").asText()).isEqualTo(evil);
    assertThat(view.page()).doesNotContain("<b>").contains("<title>&lt;b>");
    assertThat(view.page().split("</script>", -1)).hasSize(4);
  }

  @Test
  void aLongTapeIsKeptUpToALimit() throws IOException {
    TapeView view = new TapeView();
    try (Tape tape = Tape.record(view)) {
      Tensor x = tape.watch(Tensor.scalar(1));
      Tensor y = x;
      for (int i = 0; i < 700; i++) {
        y = y.neg();
      }
      assertThat(tape.gradients(y).of(x).item()).isEqualTo(1);
    }
    JsonNode data = data(view);

    assertThat(data.get("nodes")).hasSize(601);
    assertThat(data.get("leftOut").asInt()).isEqualTo(100);
    assertThat(view.toString()).contains("and 100 operations more, which are not kept");
  }

  @Test
  void ofSeveralTapesItKeepsTheOneThatWasChosen() {
    TapeView second = TapeView.ofStep(2);
    try (Tape outer = Tape.record(second)) {
      for (int step = 1; step <= 3; step++) {
        assertThat(second.isComplete()).isFalse();
        try (Tape tape = Tape.record()) {
          Tensor x = tape.watch(Tensor.scalar(10 * step));
          tape.gradients(x.neg());
        }
      }
      assertThat(outer.size()).isZero();
    }
    assertThat(second.steps()).isEqualTo(2);
    assertThat(second.isComplete()).isTrue();
    assertThat(second.toString()).contains("−20").doesNotContain("−10", "−30");
  }

  @Test
  void aTapeThatIsNotWalkedBackIsShownAsFarAsItIs() {
    TapeView view = new TapeView();
    try (Tape tape = Tape.record(view)) {
      assertThat(tape.watch(Tensor.scalar(2)).exp().item()).isGreaterThan(7);
    }
    assertThat(view.toString()).contains("exp(x1)").doesNotContain("Walk back");
  }

  @Test
  void nothingComputedIsSaidSo() {
    TapeView view = new TapeView();

    assertThat(view).hasToString("TapeView, nothing computed yet");
    assertThatThrownBy(view::page)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open the tape by Tape.record(view)");
    assertThatThrownBy(() -> TapeView.ofStep(0)).hasMessageContaining("counted from 1");
  }

  @Test
  void itReplacesItsOwnPageAndNothingElse() throws IOException {
    TapeView view = cube();
    Path page = folder.resolve("tape.html");
    view.write(page);
    view.titled("Another").write(page);
    assertThat(page).content().contains("<title>Another</title>");

    Path mine = Files.writeString(folder.resolve("mine.html"), "mine");
    assertThatThrownBy(() -> view.write(mine))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("left as it is");
    assertThat(mine).hasContent("mine");
    assertThat(Arrays.stream(folder.toFile().list()))
        .containsExactlyInAnyOrder("tape.html", "mine.html");
  }

  @Test
  void theSameTapeGivesTheSamePage() {
    assertThat(cube().page()).isEqualTo(cube().page());
  }

  /** w is used by kept and by left-out operations; what the latter add is in the sum. */
  @Test
  void sumsAreWholeWhereOperationsAreLeftOut() throws IOException {
    TapeView view = new TapeView();
    double slope;
    try (Tape tape = Tape.record(view)) {
      Tensor w = tape.watch(Tensor.scalar(1));
      Tensor y = w;
      for (int i = 0; i < 400; i++) {
        y = y.mul(0.5).add(w);
      }
      slope = tape.gradients(y).of(w).item();
    }
    JsonNode events = data(view).get("events");
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.get("to").asInt()).isZero();
    assertThat(last.get("count").asInt()).isEqualTo(401);
    assertThat(last.get("sum").get("first").get(0).asDouble()).isEqualTo(slope).isEqualTo(2);
  }

  @Test
  void aTitleIsNoTemplate() throws IOException {
    TapeView view = cube().titled("{{data}} {{title}} /*{{dagre}}*/ $1");
    assertThat(view.page())
        .contains("<title>{{data}} {{title}} /*{{dagre}}*/ $1</title>")
        .contains("<h1>{{data}} {{title}} /*{{dagre}}*/ $1</h1>");
    assertThat(data(view).get("nodes")).hasSize(4);
  }

  @Test
  void whereALinkLeadsThePageIsReplacedAndTheLinkStays() throws IOException {
    Path page = Files.createDirectory(folder.resolve("far")).resolve("tape.html");
    Path link = Files.createSymbolicLink(folder.resolve("link.html"), page);
    assertThatThrownBy(() -> cube().write(link))
        .hasMessageStartingWith(link + ": there is no such folder");
    cube().write(page);
    cube().titled("Another").write(link);
    assertThat(link).isSymbolicLink();
    assertThat(page).content().contains("<title>Another</title>");
  }

  @Test
  void messagesHaveTheUsersFileAndAReason() throws IOException {
    Path lost = folder.resolve("none").resolve("tape.html");
    assertThatThrownBy(() -> cube().write(lost))
        .isInstanceOf(IOException.class)
        .hasMessage(lost + ": there is no such folder");
    Path under = Files.writeString(folder.resolve("file"), "").resolve("tape.html");
    assertThatThrownBy(() -> cube().write(under))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("\\Q" + under + "\\E: [^./]+");
  }
}
