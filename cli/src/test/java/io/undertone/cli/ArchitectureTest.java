package io.undertone.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way, in the order of the modules. */
@AnalyzeClasses(
    packages = "io.undertone",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestJars.class
    })
class ArchitectureTest {
  private static final String[] FLINK_AND_KAFKA = {"org.apache.flink..", "org.apache.kafka.."};
  private static final String[] TORCH = {"io.undertone.model.torch..", "ai.djl.."};

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.undertone.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule operatorsDoNotSeeTorch =
      noClasses()
          .that()
          .resideInAPackage("io.undertone.operators..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TORCH);

  @ArchTest
  static final ArchRule onlyTheModelAndItsTrainingSeeDjl =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.undertone.model.torch..", "io.undertone.training..", "io.undertone.evaluation..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule onlyTheCommandLineSeesTrainingAndEvaluation =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.undertone.training..", "io.undertone.evaluation..", "io.undertone.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.undertone.training..", "io.undertone.evaluation..");

  @ArchTest
  static final ArchRule analyticsSeesTheSchemasAlone =
      noClasses()
          .that()
          .resideInAPackage("io.undertone.analytics..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.undertone..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.undertone.analytics..", "io.undertone.schemas.."))));

  /** The job's class path has no SQL. */
  @ArchTest
  static final ArchRule onlyTheCommandLineSeesAnalytics =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.undertone.analytics..", "io.undertone.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.undertone.analytics..", "org.apache.flink.table..");

  @ArchTest
  static final ArchRule trainingDoesNotDependOnEvaluation =
      noClasses()
          .that()
          .resideInAPackage("io.undertone.training..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.undertone.evaluation..");

  /** Recipes write the parameters of a memory, and conformance compares one with its reference. */
  @ArchTest
  static final ArchRule onlyTrainingAndConformanceNameAKindOfMemory =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.undertone.model.torch..",
              "io.undertone.training.adapter..",
              "io.undertone.training.memory..",
              "io.undertone.training.recipe..",
              "io.undertone.training.finetuning..",
              "io.undertone.evaluation.conformance..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.undertone.model.torch.memory.lora..",
              "io.undertone.model.torch.memory.speaker..");

  @ArchTest
  static final ArchRule audioAndModelsSeeNoStream =
      noClasses()
          .that()
          .resideInAnyPackage("io.undertone.audio..", "io.undertone.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FLINK_AND_KAFKA);

  @ArchTest
  static final ArchRule audioSeesNoModel =
      noClasses()
          .that()
          .resideInAPackage("io.undertone.audio..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.undertone.model..", "ai.djl..");

  /** Fakes come in a jar whose path does not say test in a way that ArchUnit knows. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(com.tngtech.archunit.core.importer.Location location) {
      return !location.contains("-tests.jar") && !location.contains("/test-classes/");
    }
  }
}
