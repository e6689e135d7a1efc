package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.sandbox.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser. */
class PageIT {

    @TempDir
    private static Path profile;

    private static Browser browser;
    private static Sandbox sandbox;
    private static Monitor monitor;

    private Relay relay;
    private boolean networkMayFail;

    @BeforeAll
    static void start() {
        browser = Browser.start(profile);
        sandbox = Sandbox.start();
        monitor = Monitor.start(sandbox, "monitor.heartbeat=1s");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            monitor.close();
            sandbox.close();
        }
    }

    @BeforeEach
    void openRelay() {
        relay = new Relay(monitor.port());
        browser.screen(1280, 800, "light");
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(browser.complaints(networkMayFail)).isEmpty();
        browser.open("about:blank");
        relay.close();
    }

    @ParameterizedTest
    @CsvSource({"light, wide, 1280, 800", "dark, wide, 1280, 800", "light, narrow, 390, 844", "dark, narrow, 390, 844"})
    void thePageFitsTheScreen(String colours, String shape, int width, int height) {
        browser.screen(width, height, colours);
        open("");

        browser.picture(Path.of(System.getProperty("screenshots"), colours + "-" + shape + ".png"));

        assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void theTableFills() {
        open("");
    }

    private void open(String query) {
        browser.open(relay.url() + query);
        browser.awaitConnection("Live");
        browser.awaitLoaded(sandbox.exports().size());
    }
}
