package org.thalweg.cli;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.thalweg");

    @Test
    void modulesDependUpTheTableOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.thalweg..")
                .layer("core")
                .definedBy(
                        "org.thalweg.yaml..",
                        "org.thalweg.data..",
                        "org.thalweg.fetch..",
                        "org.thalweg.network..",
                        "org.thalweg.checkpoint..",
                        "org.thalweg.path..",
                        "org.thalweg.assign..",
                        "org.thalweg.result..")
                .layer("engine")
                .definedBy(
                        "org.thalweg",
                        "org.thalweg.engine..",
                        "org.thalweg.train..",
                        "org.thalweg.evaluate..",
                        "org.thalweg.connect..",
                        "org.thalweg.ensemble..",
                        "org.thalweg.learn..",
                        "org.thalweg.plane..")
                .layer("panel")
                .definedBy("org.thalweg.panel..", "org.thalweg.run..", "org.thalweg.report..")
                .layer("cli")
                .definedBy("org.thalweg.cli..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("panel")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("panel", "cli")
                .because("a value passes once from left to right; no stage knows a later one (docs/architecture.md)")
                .check(PRODUCT);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.thalweg.(*)..")
                .should()
                .beFreeOfCycles()
                .because("each package can then be read, and tested, before those that use it")
                .check(PRODUCT);
    }

    @Test
    void nativeCodeIsKnownToTheEnginePackageAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.thalweg.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .because("the engine can then be replaced, and native memory has one owner")
                .check(PRODUCT);
    }

    @Test
    void onlyTheCommandLinePrintsAndExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.thalweg.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .because("a library that prints or exits cannot be used by others")
                .check(PRODUCT);
    }

    @Test
    void onlyFetchingOpensConnections() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.thalweg.fetch..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\..*(Socket|URL|Http|Address|Channel|Proxy).*|java\\.nio\\.channels\\..*Socket.*")
                .because("a file is data, whoever wrote it (SECURITY.md); data sets are fetched when a user asks")
                .check(PRODUCT);
        noClasses()
                .that()
                .haveNameNotMatching("org\\.thalweg\\.cli\\.(Data|Fetch)Command.*")
                .and()
                .resideOutsideOfPackage("org.thalweg.fetch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.thalweg.fetch..")
                .because("no other command may reach the network")
                .check(PRODUCT);
    }

    @Test
    void nothingStartsProcessesOrRevivesObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Process.class, ObjectInputStream.class, URLClassLoader.class)
                .orShould()
                .callMethodWhere(target(owner(type(Runtime.class))).and(target(nameMatching("exec|load.*"))))
                .because("a file is data, whoever wrote it (SECURITY.md)")
                .check(PRODUCT);
    }

    @Test
    void reportsComputeNothing() {
        noClasses()
                .that()
                .resideInAPackage("org.thalweg.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.thalweg.engine..", "org.thalweg.evaluate..", "org.thalweg.connect..")
                .because("a figure shows what was measured")
                .check(PRODUCT);
    }

    @Test
    void publicClassesAreFinal() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("nothing here is meant to be extended, so nothing promises how it would be")
                .check(PRODUCT);
    }
}
