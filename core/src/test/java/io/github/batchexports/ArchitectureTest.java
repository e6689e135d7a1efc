package io.github.batchexports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: protocol.json, protocol, policy, error, model; and no engine anywhere. */
@AnalyzeClasses(packages = "io.github.batchexports", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String MODEL = "io.github.batchexports";
    private static final String ERROR = "io.github.batchexports.error";
    private static final String PROTOCOL = "io.github.batchexports.protocol";
    private static final String JSON = PROTOCOL + ".json";
    private static final String POLICY = "io.github.batchexports.policy";

    @ArchTest
    static final ArchRule MODEL_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ERROR, PROTOCOL, JSON, POLICY);

    @ArchTest
    static final ArchRule ERROR_KNOWS_NEITHER_PROTOCOL_NOR_POLICY = noClasses()
            .that()
            .resideInAPackage(ERROR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROTOCOL, JSON, POLICY);

    @ArchTest
    static final ArchRule POLICY_DOES_NOT_KNOW_PROTOCOL = noClasses()
            .that()
            .resideInAPackage(POLICY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROTOCOL, JSON);

    @ArchTest
    static final ArchRule PROTOCOL_DOES_NOT_KNOW_HOW_JSON_IS_READ = noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JSON);

    @ArchTest
    static final ArchRule NO_ENGINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor..", "io.netty..", "org.reactivestreams..", "com.fasterxml.jackson.databind..");
}
