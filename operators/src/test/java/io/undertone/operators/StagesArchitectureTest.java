package io.undertone.operators;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * A stage sees what all stages share, and no other stage: neither an earlier nor a later one. Types
 * of the streams between stages are shared: packages chunk and utterance, and the root.
 */
@AnalyzeClasses(
    packages = "io.undertone.operators",
    importOptions = ImportOption.DoNotIncludeTests.class)
class StagesArchitectureTest {
  private static final String[] STAGES = {
    "io.undertone.operators.decode..",
    "io.undertone.operators.order..",
    "io.undertone.operators.segment..",
    "io.undertone.operators.recognize..",
    "io.undertone.operators.emit..",
    "io.undertone.operators.alert.."
  };

  @ArchTest
  static final ArchRule stagesDoNotSeeEachOther =
      slices()
          .matching("io.undertone.operators.(decode|order|segment|recognize|emit|alert)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), annotatedWith(KeptForSavepoints.class));

  @ArchTest
  static final ArchRule whatStagesShareDoesNotSeeAStage =
      noClasses()
          .that()
          .resideOutsideOfPackages(STAGES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STAGES);
}
