package io.github.batchexports.reactor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Features (listing, watch, download) use call and http, not each other; call uses http; neither uses a feature. */
@AnalyzeClasses(packages = "io.github.batchexports.reactor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String INTERNAL = "io.github.batchexports.reactor.internal.";
    private static final String CALL = INTERNAL + "call";
    private static final String HTTP = INTERNAL + "http";
    private static final String LISTING = INTERNAL + "listing";
    private static final String WATCH = INTERNAL + "watch";
    private static final String DOWNLOAD = INTERNAL + "download";

    private static ArchRule noneOf(String origin, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(origin)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    @ArchTest
    static final ArchRule HTTP_DEPENDS_ON_NO_OTHER_PACKAGE = noneOf(HTTP, CALL, LISTING, WATCH, DOWNLOAD);

    @ArchTest
    static final ArchRule CALL_DEPENDS_ON_NO_FEATURE = noneOf(CALL, LISTING, WATCH, DOWNLOAD);

    @ArchTest
    static final ArchRule LISTING_DEPENDS_ON_NO_OTHER_FEATURE = noneOf(LISTING, WATCH, DOWNLOAD);

    @ArchTest
    static final ArchRule WATCH_DEPENDS_ON_NO_OTHER_FEATURE = noneOf(WATCH, LISTING, DOWNLOAD);

    @ArchTest
    static final ArchRule DOWNLOAD_DEPENDS_ON_NO_OTHER_FEATURE = noneOf(DOWNLOAD, LISTING, WATCH);

    @ArchTest
    static final ArchRule INTERNALS_USE_ONLY_THE_PUBLIC_API_OF_THE_CLIENT = noClasses()
            .that()
            .resideInAPackage("io.github.batchexports.reactor.internal..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("ClientResources")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("Project");
}
