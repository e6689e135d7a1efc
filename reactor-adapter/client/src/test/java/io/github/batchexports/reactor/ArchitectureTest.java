package io.github.batchexports.reactor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Features (listing, watch, download) use call and http and not each other; call uses http; neither knows a feature. */
@AnalyzeClasses(packages = "io.github.batchexports.reactor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String INTERNAL = "io.github.batchexports.reactor.internal.";
    private static final String CALL = INTERNAL + "call";
    private static final String HTTP = INTERNAL + "http";
    private static final String LISTING = INTERNAL + "listing";
    private static final String WATCH = INTERNAL + "watch";
    private static final String DOWNLOAD = INTERNAL + "download";

    private static ArchRule noneOf(String room, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    @ArchTest
    static final ArchRule HTTP_KNOWS_NO_OTHER_ROOM = noneOf(HTTP, CALL, LISTING, WATCH, DOWNLOAD);

    @ArchTest
    static final ArchRule CALL_KNOWS_NO_FEATURE = noneOf(CALL, LISTING, WATCH, DOWNLOAD);

    @ArchTest
    static final ArchRule LISTING_KNOWS_NO_OTHER_FEATURE = noneOf(LISTING, WATCH, DOWNLOAD);

    @ArchTest
    static final ArchRule WATCH_KNOWS_NO_OTHER_FEATURE = noneOf(WATCH, LISTING, DOWNLOAD);

    @ArchTest
    static final ArchRule DOWNLOAD_KNOWS_NO_OTHER_FEATURE = noneOf(DOWNLOAD, LISTING, WATCH);

    @ArchTest
    static final ArchRule ROOMS_KNOW_OF_THE_CLIENT_ONLY_WHAT_IS_PUBLIC = noClasses()
            .that()
            .resideInAPackage("io.github.batchexports.reactor.internal..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("ClientResources")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("Project");
}
