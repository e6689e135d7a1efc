package io.github.batchexports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows point one way: model, then error, then protocol and policy beside each other; and no engine anywhere. */
@AnalyzeClasses(packages = "io.github.batchexports", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String MODEL = "io.github.batchexports";
    private static final String ERROR = "io.github.batchexports.error";
    private static final String PROTOCOL = "io.github.batchexports.protocol";
    private static final String POLICY = "io.github.batchexports.policy";

    @ArchTest
    static final ArchRule MODEL_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ERROR, PROTOCOL, POLICY);

    @ArchTest
    static final ArchRule ERROR_KNOWS_NEITHER_PROTOCOL_NOR_POLICY = noClasses()
            .that()
            .resideInAPackage(ERROR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROTOCOL, POLICY);

    @ArchTest
    static final ArchRule POLICY_DOES_NOT_KNOW_PROTOCOL = noClasses()
            .that()
            .resideInAPackage(POLICY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PROTOCOL);

    @ArchTest
    static final ArchRule PROTOCOL_DOES_NOT_KNOW_POLICY = noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(POLICY);

    @ArchTest
    static final ArchRule NO_ENGINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor..", "io.netty..", "org.reactivestreams..", "com.fasterxml.jackson.databind..");
}
