package io.undertone.model.torch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.undertone.model.torch",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String LORA = "io.undertone.model.torch.memory.lora..";
  private static final String SPEAKER = "io.undertone.model.torch.memory.speaker..";

  @ArchTest
  static final ArchRule onlyTheConfigurationNamesAKindOfMemory =
      noClasses()
          .that()
          .resideOutsideOfPackages(LORA, SPEAKER)
          .and()
          .doNotBelongToAnyOf(UndertoneConfig.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LORA, SPEAKER)
          .because("the configuration creates the engine; everything else uses MemoryEngine");

  @ArchTest
  static final ArchRule kindsOfMemoryAreIndependent =
      slices().matching("io.undertone.model.torch.memory.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule theLoraMemorySeesNoCues =
      noClasses()
          .that()
          .resideInAPackage(LORA)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.undertone.model.torch.tokenizer..");
}
