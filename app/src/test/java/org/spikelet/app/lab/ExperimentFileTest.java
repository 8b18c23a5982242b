package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.source.BadSource;
import org.spikelet.app.source.SourceCompiler;
import org.spikelet.app.source.SourceText;

class ExperimentFileTest {

  private static final String GOOD =
      "Claim.of(\"mine\", \"Words.\").with(plain.adam()).without(plain.sgd())"
          + ".brings(Measure.SPIKES)";

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertRefused(Path file, String... words) {
    assertThatThrownBy(() -> ExperimentFile.compile(file).cases())
        .isInstanceOf(BadExperiment.class)
        .message()
        .contains(words);
  }

  @Test
  void claimsComeAsTheFileSays() throws IOException {
    Path file = Experiments.claims(folder.resolve("a b"), "Größe", GOOD + ".seeds(7)");

    assertThat(ExperimentFile.compile(file).cases())
        .singleElement()
        .satisfies(each -> assertThat(each.group()).isEqualTo(Group.OWN))
        .extracting(Case::claim)
        .satisfies(claim -> assertThat(claim.seeds()).isEqualTo(7))
        .extracting(Claim::name, Claim::words)
        .containsExactly("mine", "Words.");
  }

  @Test
  void aPackageOfTheReadersOwnAndHelpersAreAllowed() throws IOException {
    Path file = Experiments.claims(folder, "Mine", GOOD + ", Helper.again(plain)");
    Files.writeString(
        file,
        "package me.mine;\n"
            + Files.readString(file)
            + "class Helper { static Claim again(Setup s) { return Claim.of(\"again\", \"W.\")"
            + ".with(s.adam()).without(s.sgd()).brings(Measure.SPIKES); } }\n");

    assertThat(ExperimentFile.compile(file).cases()).hasSize(2);
  }

  @Test
  void everyErrorOfTheCompilerHasLineAndColumn() throws IOException {
    Path file =
        Experiments.write(
            folder,
            "Wrong",
            "  public List<Claim> claims() {\n    Sting x = null;\n\treturn 5;\n  }\n");

    assertRefused(
        file,
        "Wrong.java does not compile:",
        "Wrong.java:8:5: cannot find symbol",
        "    Sting x = null;\n    ^",
        "Wrong.java:9:16: incompatible types: int cannot be converted to",
        "        return 5;\n               ^",
        "Nothing was run.");
  }

  /** A file beside it would not be in its version. */
  @Test
  void otherFilesOfTheFolderAreNotCompiled() throws IOException {
    write("Helper.java", "class Helper { }");
    Path file = Experiments.claims(folder, "Mine", GOOD);
    Files.writeString(file, Files.readString(file).replaceFirst("\\{\n", "{\n  Helper helper;\n"));

    assertRefused(file, "cannot find symbol", "class Helper");
  }

  @Test
  void aJavaWithoutCompilerIsSaid() throws IOException, BadSource {
    SourceText text = SourceText.read(Experiments.claims(folder, "Mine", GOOD));

    assertThatThrownBy(() -> SourceCompiler.compile(List.of(text), Optional.empty(), ""))
        .isInstanceOf(BadSource.class)
        .hasMessageContainingAll("needs a Java compiler", "JDK", "JAVA_HOME");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Empty.java | ' ' | is empty; docs/experiments.md",
        "None.java | class None { record Inner() {} } | no class in it is an Experiment (there is"
            + " None, None$Inner). Write: public final class None implements Experiment.",
        "Note.java | // nothing | no class in it is an Experiment (there is none)",
        "A.java | public class B { } | A.java:1:8: class B is public, should be declared in a file"
            + " named B.java",
        "Claim.java | class Claim { } | would hide Spikelet's own. Give file and class another name,"
            + " such as MyClaim.",
        "Notes.txt | class Notes { } | takes a file whose name ends with .java"
      })
  void aFileThatIsNoExperimentSaysWhatToDo(String name, String text, String words)
      throws IOException {
    assertRefused(write(name, text), words);
  }

  @Test
  void aMissingFileAndAFolderAreNoExperiments() throws IOException {
    assertRefused(folder.resolve("Missing.java"), "There is no file", "Missing.java");
    assertRefused(Files.createDirectory(folder.resolve("X.java")), "is no Java source");
  }

  @Test
  void spikeletsOwnPackagesAreNotForReaders() throws IOException {
    Path file = Experiments.claims(folder, "Mine", GOOD);
    Files.writeString(file, "package org.spikelet.app.experiment;\n" + Files.readString(file));

    assertRefused(file, "Delete the line 'package ...;'");
  }

  @Test
  void twoExperimentsInAFileAreNamed() throws IOException {
    Path file = Experiments.claims(folder, "Mine", GOOD);
    Files.writeString(
        file,
        Files.readString(file)
            + "class Other implements Experiment { public List<Claim> claims() { return null; } }");

    assertRefused(file, "several classes in it are Experiments: Mine, Other. Keep one");
  }

  @Test
  void theConstructorTakesNothing() throws IOException {
    Path file = Experiments.claims(folder, "Mine", GOOD);
    Files.writeString(file, Files.readString(file).replaceFirst("\\{\n", "{\n  Mine(int x) { }\n"));

    assertRefused(file, "needs a constructor without parameters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return null; | must return a list with at least one claim",
        "return List.of(); | must return a list with at least one claim",
        "return java.util.Arrays.asList((Claim) null); | and no null in it",
        "throw new AssertionError(\"broken\"); | Mine.java:7: AssertionError: broken",
        "return List.of(Claim.of(\"No Name\", \"W.\").with(Setup.FLAGSHIP)"
            + ".without(Setup.COMPANION).brings(Measure.SPIKES)); | Mine.java:7:"
            + " IllegalArgumentException: claim: a name has 1 to 60 of the characters",
        "return List.of(Claim.of(\"same\", \"W.\").with(Setup.FLAGSHIP)"
            + ".without(Setup.FLAGSHIP).brings(Measure.SPIKES)); | with and without are the same"
            + " training, flagship-adam",
        "return List.of(Claim.of(\"probe\", \"W.\").with(Setup.FLAGSHIP.adam())"
            + ".without(Setup.FLAGSHIP.sgd()).brings(Measure.PROBE_SPIKES)); | add"
            + " .withTwist(Setup.Twist.PROBE)",
        "Setup.FLAGSHIP.withBatchSize(0); return List.of(); | setup 'flagship': the batch size must be"
            + " at least 1, got 0"
      })
  void wrongClaimsAreSaidWithTheLine(String body, String words) throws IOException {
    assertRefused(
        Experiments.write(folder, "Mine", "  public List<Claim> claims() {" + body + "}\n"), words);
  }

  @Test
  void whatAStaticInitializerThrowsIsSaidWithTheLine() throws IOException {
    Path file = Experiments.claims(folder, "Mine", GOOD);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("\\{\n", "{\n static int x = Integer.parseInt(\"x\");\n"));

    assertRefused(file, "Mine.java:7: NumberFormatException", "Integer.parseInt(\"x\")");
  }

  @Test
  void latin1IsSaidWithLineAndColumn() throws IOException {
    Path file = folder.resolve("Latin.java");
    Files.write(file, "class Latin {\n  // Größe\n}\n".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(file, "Latin.java:2:8: the byte F6 is not UTF-8", "save the file as UTF-8");
  }

  @Test
  void aByteOrderMarkIsNoError() throws IOException {
    Path file = Experiments.claims(folder, "Mine", GOOD);
    Files.writeString(file, "\uFEFF" + Files.readString(file));

    assertThat(ExperimentFile.compile(file).cases()).hasSize(1);
  }
}
