package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchexports.sandbox.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser. */
class PageIT {

    private static final String SHOWN = "[...document.querySelectorAll('tbody tr:not([hidden])')]";

    @TempDir
    private static Path profile;

    private static Browser browser;
    private static Sandbox sandbox;
    private static Monitor monitor;

    private Relay relay;
    private boolean networkMayFail;

    @BeforeAll
    static void start() {
        if (!Browser.isInstalled()) {
            return;
        }
        browser = Browser.start(profile);
        sandbox = Sandbox.start();
        List<String> ids = ids(sandbox);
        for (int some : new int[] {4, 7, 9}) {
            sandbox.setStatus(ids.get(some), "SUCCESS");
        }
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
        assumeTrue(browser != null, "chromium or chromedriver is not on the PATH");
        relay = new Relay(monitor.port());
        browser.screen(1280, 800, "light");
    }

    @AfterEach
    void nothingWasComplainedOf() {
        if (browser == null) {
            return;
        }
        assertThat(browser.complaints(networkMayFail)).isEmpty();
        browser.open("about:blank");
        relay.close();
    }

    @ParameterizedTest
    @CsvSource({"light, wide, 1280, 800", "dark, wide, 1280, 800", "light, narrow, 390, 844", "dark, narrow, 390, 844"})
    void pageFitsScreen(String colours, String shape, int width, int height) {
        browser.screen(width, height, colours);
        open("");

        browser.picture(Path.of(System.getProperty("screenshots"), colours + "-" + shape + ".png"));

        assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void tableFillsAndStatusesAreCounted() {
        open("");

        assertThat(browser.evaluate("document.querySelectorAll('tbody tr').length"))
                .isEqualTo((long) sandbox.exports().size());
        assertThat(browser.evaluate("document.querySelector('tbody tr').dataset.id"))
                .isEqualTo(ids(sandbox).get(0));
        assertThat(browser.text("fieldset button[data-status=ERROR] b"))
                .isEqualTo(
                        String.valueOf(browser.evaluate("document.querySelectorAll('tr[data-status=ERROR]').length")));
        String file = browser.find("tbody .files a").getAttribute("href");
        assertThat(file).startsWith(relay.url() + "/exports/export_").contains("/files/file_");
        assertThat(browser.evaluate(
                        "fetch('" + file + "').then(answer => answer.body.cancel().then(() => answer.status))"))
                .isEqualTo(200L);
    }

    @Test
    void rowsChangeAndArriveWithoutReload() {
        open("");
        browser.evaluate("window.loadedBefore = true");
        String changing = ids(sandbox).get(20);
        String row = "document.querySelector('[data-id=" + changing + "]')";
        browser.evaluate("window.rowBefore = " + row);

        for (String status : List.of("RUNNING", "ERROR")) {
            sandbox.setStatus(changing, status);
            browser.awaitTrue(row + ".dataset.status === '" + status + "'");
        }
        String added = sandbox.addExport();
        browser.awaitTrue("document.querySelector('tbody tr').dataset.id === '" + added + "'");

        assertThat(browser.text("[data-id=" + changing + "] .chip")).isEqualTo("Error");
        assertThat(browser.evaluate("window.loadedBefore && window.rowBefore === " + row))
                .isEqualTo(true);
        browser.awaitTrue("document.getElementById('announcements').textContent.includes('" + added + "')");
    }

    @Test
    void backButtonUndoesFilterInUrl() {
        open("");

        browser.find("fieldset button[data-status=ERROR]").click();
        browser.awaitTrue(SHOWN + ".every(row => row.dataset.status === 'ERROR')");
        assertThat(browser.driver().getCurrentUrl()).endsWith("/?status=ERROR");
        browser.find("#scope option[value=PROFILE_EVENTS]").click();
        browser.awaitTrue("location.search === '?status=ERROR&scope=PROFILE_EVENTS'");
        browser.awaitTrue(
                SHOWN + ".every(row => row.querySelector('.scope').textContent.startsWith('Profile events'))");

        browser.driver().navigate().back();
        browser.driver().navigate().back();
        browser.awaitTrue(SHOWN + ".length === document.querySelectorAll('tbody tr').length");
        assertThat(browser.driver().getCurrentUrl()).endsWith("/");
    }

    @Test
    void filterInUrlAppliesAtOnce() {
        browser.open(relay.url() + "/?status=SUCCESS,RUNNING&scope=REACHABILITY");

        browser.awaitTrue("document.getElementById('exports').ariaBusy === 'false'");
        browser.awaitTrue(SHOWN + ".length > 0");
        assertThat(browser.evaluate(SHOWN + ".every(row => ['SUCCESS', 'RUNNING'].includes(row.dataset.status))"))
                .isEqualTo(true);
        assertThat(browser.find("fieldset button[data-status=RUNNING]").getAttribute("aria-pressed"))
                .isEqualTo("true");
        assertThat(browser.find("#scope").getAttribute("value")).isEqualTo("REACHABILITY");
    }

    @Test
    void unmatchedFilterSaysSoAndCanBeCleared() {
        browser.open(relay.url() + "/?status=NONE");

        browser.awaitTrue("document.querySelector('#empty p').textContent === 'No export matches this filter.'");
        browser.awaitTrue("!document.getElementById('empty').hidden");
        browser.find("#empty button").click();

        browser.awaitTrue(SHOWN + ".length === " + sandbox.exports().size());
    }

    @Test
    void keyboardReachesAndAppliesFilter() {
        open("");
        WebElement wanted = browser.find("fieldset button[data-status=SUCCESS]");

        for (int i = 0; i < 10 && !wanted.equals(browser.driver().switchTo().activeElement()); i++) {
            browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
        }
        browser.driver().switchTo().activeElement().sendKeys(Keys.SPACE);

        browser.awaitTrue("location.search === '?status=SUCCESS'");
        assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
    }

    @Test
    void lostConnectionShowsAndRecoversWithoutLoss() {
        networkMayFail = true;
        open("");
        browser.evaluate("window.loadedBefore = true");
        String changing = ids(sandbox).get(30);

        relay.cut();
        browser.awaitConnection("Reconnecting…");
        sandbox.setStatus(changing, "RUNNING");
        browser.awaitConnection("Connection lost");
        relay.recover();
        browser.find("#reconnect").click();

        browser.awaitConnection("Live");
        browser.awaitTrue("document.querySelector('[data-id=" + changing + "]').dataset.status === 'RUNNING'");
        assertThat(browser.evaluate("window.loadedBefore")).isEqualTo(true);
        assertThat(browser.find("#reconnect").isDisplayed()).isFalse();
    }

    @Test
    void silentConnectionCountsAsLost() {
        networkMayFail = true;
        open("");

        relay.silence();
        browser.awaitConnection("Reconnecting…");
        relay.cut();
        relay.recover();

        browser.awaitConnection("Live");
    }

    @Test
    void refusedKeyReplacesLive() {
        try (Monitor other = Monitor.start(sandbox, "batch.exports.rest-api-key=a-key-that-is-wrong")) {
            browser.open(other.url());

            browser.awaitConnection("Key refused");
            browser.awaitTrue("document.getElementById('trouble').textContent.includes('HTTP 401')");
            assertThat(browser.text("#summary")).isEqualTo("No list yet");
            assertThat(browser.text("#trouble"))
                    .contains("The list was not read yet")
                    .doesNotContain("wrong");
            browser.picture(Path.of(System.getProperty("screenshots"), "refused.png"));
            browser.open("about:blank");
        }
    }

    @Test
    void pollsThatFailAreShownWithTheListAsItWas() {
        try (Relay api = new Relay(URI.create(sandbox.baseUrl()).getPort());
                Monitor other = Monitor.start(
                        sandbox, "batch.exports.base-url=" + api.url(), "batch.exports.retry.max-attempts=1")) {
            browser.open(other.url());
            browser.awaitLoaded(sandbox.exports().size());

            api.cut();
            browser.awaitConnection("Polls fail");
            assertThat(browser.text("#trouble")).contains("list exports failed", "The list is as it was on");
            assertThat(browser.text("#summary")).isEqualTo(sandbox.exports().size() + " exports");
            api.recover();

            browser.awaitConnection("Live");
            assertThat(browser.find("#trouble").isDisplayed()).isFalse();
            browser.open("about:blank");
        }
    }

    @Test
    void unlistedExportVanishesAtOnceAndAfterReconnect() {
        networkMayFail = true;
        MovableClock clock = new MovableClock();
        try (Sandbox living = Sandbox.builder()
                        .exports(3)
                        .clock(clock)
                        .newExportEvery(Duration.ofSeconds(1))
                        .start();
                Monitor other = Monitor.start(living);
                Relay toOther = new Relay(other.port());
                OpenPage witness = OpenPage.open(other)) {
            browser.open(toOther.url());
            browser.awaitLoaded(3);
            List<String> first = ids(living);
            List<String> leaving = List.of(first.get(2), first.get(1));
            // What is not final is looked for until it is found.
            leaving.forEach(id -> living.setStatus(id, "RUNNING"));
            leaving.forEach(id -> browser.awaitTrue(row(id) + "?.dataset.status === 'RUNNING'"));

            clock.move(Duration.ofSeconds(1_001));
            browser.awaitTrue(row(leaving.get(0)) + " === null");
            toOther.cut();
            clock.move(Duration.ofSeconds(1));
            witness.readUntil("REMOVED " + leaving.get(1) + " RUNNING");
            toOther.recover();

            browser.awaitTrue(row(leaving.get(1)) + " === null");
            browser.open("about:blank");
        }
    }

    private static String row(String id) {
        return "document.querySelector('[data-id=" + id + "]')";
    }

    private static List<String> ids(Sandbox of) {
        return of.exports().stream()
                .map(export -> export.replaceFirst(".*?\"id\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private void open(String query) {
        browser.open(relay.url() + "/" + query);
        browser.awaitConnection("Live");
        browser.awaitLoaded(sandbox.exports().size());
    }
}
