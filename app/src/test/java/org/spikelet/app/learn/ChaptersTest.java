package org.spikelet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.app.learn.check.Checker;
import org.spikelet.app.learn.check.Exercise;
import org.spikelet.app.learn.check.Result;
import org.spikelet.app.source.BadSource;

/** Our solutions pass, the files as shipped say what to do, wrong attempts get the right hint. */
class ChaptersTest {

  private static final int ATTEMPTS = 5;

  /** What a learner writes in sum, in lines that are not empty. */
  private static final int MOST_LINES = 250;

  static List<Chapter> chapters() {
    return Chapter.ALL;
  }

  static Stream<Attempt> attempts() {
    return Chapter.ALL.stream().flatMap(chapter -> Attempt.of(chapter).stream());
  }

  static Stream<Attempt> otherRightAnswers() {
    return Chapter.ALL.stream().flatMap(chapter -> Attempt.right(chapter).stream());
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void ourSolutionPasses(Chapter chapter) throws BadSource, IOException {
    Result result = Attempt.check(chapter, chapter.exercise().solved());

    assertThat(result.text()).doesNotContain("wrong", "// Gap");
    assertThat(result.passed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("otherRightAnswers")
  void anotherRightAnswerPasses(Attempt attempt) throws BadSource, IOException {
    Result result = attempt.check();

    assertThat(result.passed()).as(result.text()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void theFileAsShippedSaysWhatToDo(Chapter chapter) throws BadSource, IOException {
    Exercise exercise = chapter.exercise();
    Result result = Attempt.check(chapter, exercise.shipped());

    assertThat(result.passed()).isFalse();
    assertThat(result.hint()).isEqualTo("gap");
    assertThat(result.text())
        .contains("Not written yet: the gap '", "at " + chapter.fileName() + ":");
    assertThat(exercise.gaps())
        .as("gaps, one of which is named with its line and with what to do")
        .anySatisfy(
            gap ->
                assertThat(result.text().replaceAll("\\s+", " "))
                    .contains("'" + gap + "' at", exercise.todo(gap).substring(1)));
  }

  /** Each gap is needed: without it, and with all others filled, the check fails and names it. */
  @ParameterizedTest
  @MethodSource("chapters")
  void eachGapIsAskedFor(Chapter chapter) throws BadSource, IOException {
    Exercise exercise = chapter.exercise();
    for (String gap : exercise.gaps()) {
      Result result = Attempt.check(chapter, exercise.without(gap));

      assertThat(result.hint()).as(gap).isEqualTo("gap");
      assertThat(result.text()).contains("the gap '" + gap + "'");
    }
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void aWrongAttemptIsCaughtWithTheRightHint(Attempt attempt) throws BadSource, IOException {
    Result result = attempt.check();

    assertThat(result.passed()).isFalse();
    assertThat(result.text()).contains(Checker.PROGRAM);
    assertThat(result.hint()).as(result.text()).isEqualTo(attempt.hint());
    Pasted.check(attempt, result);
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void aChapterHasFiveWrongAttempts(Chapter chapter) {
    assertThat(Attempt.of(chapter)).hasSizeGreaterThanOrEqualTo(ATTEMPTS);
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void textsAndSolutionsFitTheTerminal(Chapter chapter) {
    Exercise exercise = chapter.exercise();
    Stream<String> solutions =
        exercise.gaps().stream()
            .flatMap(gap -> exercise.solution(gap).stream())
            .map(line -> "    " + line);
    Stream<String> texts =
        Stream.of(chapter.text(), chapter.why()).flatMap(text -> Markdown.terminal(text).lines());

    assertThat(texts).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(solutions).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void aLearnerWritesLittle() {
    List<String> lines =
        Chapter.ALL.stream()
            .map(Chapter::exercise)
            .flatMap(
                exercise -> exercise.gaps().stream().flatMap(g -> exercise.solution(g).stream()))
            .filter(line -> !line.isBlank())
            .collect(Collectors.toList());

    assertThat(lines).hasSizeLessThanOrEqualTo(MOST_LINES);
  }
}
