package org.spikelet.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Dependencies between packages go one way, and methods can be called without counting arguments.
 *
 * <p>It stands in this module because this one sees all others, but for the benchmarks, which may
 * use everything and which nobody uses.
 */
class ArchitectureTest {

  private static final JavaClasses SPIKELET = spikelet();

  private static final int MOST_PARAMETERS = 6;

  /** A package, or several if it ends with two dots, and what they use besides the JDK. */
  private record Room(String name, List<String> uses) {

    static Room of(String name, String... uses) {
      return new Room(name, List.of(uses));
    }

    /** With the public packages of autodiff among what it uses. */
    static Room onAutodiff(String name, String... others) {
      Stream<String> autodiff =
          Stream.of(
              "org.spikelet.autodiff",
              "org.spikelet.autodiff.check",
              "org.spikelet.autodiff.curvature");
      return new Room(name, Stream.concat(autodiff, Stream.of(others)).toList());
    }
  }

  private static final List<Room> ROOMS =
      List.of(
          Room.of("org.spikelet.autodiff.kernels", "jdk.incubator.vector"),
          Room.of("org.spikelet.autodiff", "org.spikelet.autodiff.kernels"),
          Room.of("org.spikelet.autodiff.check", "org.spikelet.autodiff"),
          Room.of("org.spikelet.autodiff.curvature", "org.spikelet.autodiff"),
          Room.onAutodiff("org.spikelet.nn..", "com.fasterxml.jackson.."),
          Room.onAutodiff("org.spikelet.optim..", "org.spikelet.autodiff.kernels"),
          Room.onAutodiff("org.spikelet.spikes..", "org.spikelet.optim"),
          Room.onAutodiff("org.spikelet.show.."),
          Room.onAutodiff("org.spikelet.testing..", "net.jqwik.."),
          Room.onAutodiff(
              "org.spikelet.examples..",
              "org.spikelet.nn",
              "org.spikelet.optim",
              "org.spikelet.spikes..",
              "org.knowm.xchart..",
              "org.apache.commons.csv.."));

  /** Public methods with a boolean parameter, and why. */
  private static final Map<String, String> BOOLEANS =
      Map.of(
          "org.spikelet.app.report.Json.flag(java.lang.String, boolean)", "it is what is written");

  /** Those of the JDK are known by name only, which is a hundred times faster. */
  private static JavaClasses spikelet() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("org.spikelet");
  }

  @TestFactory
  Stream<DynamicTest> eachRoomUsesOnlyWhatItMay() {
    return ROOMS.stream().map(room -> dynamicTest(room.name, () -> assertUsesOnlyWhatItMay(room)));
  }

  private static void assertUsesOnlyWhatItMay(Room room) {
    classes()
        .that()
        .resideInAPackage(room.name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(Stream.of(room.name, "java.."), room.uses.stream())
                .toArray(String[]::new))
        .because("dependencies go one way; see the table of modules in README.md")
        .check(SPIKELET);
  }

  /** But for the mark of rules that only read, which optim puts on its own. */
  @Test
  void onlyAutodiffUsesTheKernels() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.spikelet.autodiff..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.spikelet.autodiff.kernels").and(not(simpleName("OnlyReads"))))
        .because("they are not exported; what others need of them, the core publishes")
        .check(SPIKELET);
  }

  @Test
  void everyPackageIsInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(ROOMS.stream().map(Room::name), Stream.of("org.spikelet.app.."))
                .toArray(String[]::new))
        .because("a new room gets a line in ROOMS, which says what it may use")
        .check(SPIKELET);
  }

  @Test
  void noPackagesNeedEachOther() {
    slices().matching("org.spikelet.(**)").should().beFreeOfCycles().check(SPIKELET);
  }

  @Test
  void noMethodHasManyParameters() {
    assertThat(
            codeUnits("org.spikelet.autodiff", "org.spikelet.optim")
                .filter(unit -> parameters(unit) > MOST_PARAMETERS)
                .map(JavaCodeUnit::getFullName))
        .as(
            "methods with more than %s parameters; is there a type for some of them?",
            MOST_PARAMETERS)
        .isEmpty();
  }

  @Test
  void noPublicMethodHasABooleanParameter() {
    assertThat(
            codeUnits("org.spikelet")
                .filter(unit -> !unit.getOwner().getPackageName().contains(".kernels"))
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(unit -> unit.getOwner().getModifiers().contains(JavaModifier.PUBLIC))
                .filter(
                    unit ->
                        unit.getRawParameterTypes().stream()
                            .anyMatch(type -> type.isEquivalentTo(boolean.class)))
                .map(JavaCodeUnit::getFullName)
                .filter(name -> !BOOLEANS.containsKey(name)))
        .as("public methods with a boolean parameter; give the two a name each")
        .isEmpty();
  }

  /** What people wrote: no lambdas, bridges, or constructors of records. */
  private static Stream<JavaCodeUnit> codeUnits(String... rooms) {
    return SPIKELET.stream()
        .filter(type -> Arrays.stream(rooms).anyMatch(type.getPackageName()::startsWith))
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
        .filter(unit -> !(unit.isConstructor() && unit.getOwner().isRecord()));
  }

  /** The constructor of an enum constant has two that nobody wrote: its name and its place. */
  private static int parameters(JavaCodeUnit unit) {
    int count = unit.getRawParameterTypes().size();
    return unit.isConstructor() && unit.getOwner().isEnum() ? count - 2 : count;
  }
}
