// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.tocsin", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule DEPENDENCIES_POINT_AT_THE_MODELS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("models")
          .definedBy("io.tocsin.models..")
          .layer("connectors")
          .definedBy("io.tocsin.connectors..")
          .layer("jobs")
          .definedBy("io.tocsin.jobs..")
          .whereLayer("jobs")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("connectors")
          .mayOnlyBeAccessedByLayers("jobs");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.tocsin.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule MODELS_KNOW_NO_CLOCK_THREAD_OR_FRAMEWORK =
      noClasses()
          .that()
          .resideInAPackage("io.tocsin.models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache..",
              "com.fasterxml..",
              "org.slf4j..",
              "java.util.concurrent..",
              "java.util.logging..",
              "java.net..")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule LOGS_SPEAK_AS_FLINK_DOES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j.spi..", "org.slf4j.event..")
          .because("Flink brings an SLF4J that does not know fluent calls");

  @ArchTest
  static final ArchRule NO_VAGUE_PACKAGES =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..common..",
              "..core..",
              "..impl..",
              "..manager..",
              "..helper..",
              "..dto..");
}
