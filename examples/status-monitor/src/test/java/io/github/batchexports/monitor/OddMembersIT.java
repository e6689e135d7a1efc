package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Members that the library cannot read are sent on as they came; the page shows the export without them. */
class OddMembersIT {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Map<String, String> CELLS = Map.of(
            "\"scope\":5",
            "Success|–|–|ID||No data",
            "\"request_date\":\"zz\"",
            "Success|–|–|ID||No data",
            "\"request_date\":5",
            "Success|–|–|ID||No data",
            "\"start_date\":\"zz\",\"completion_date\":\"2026-11-25T10:00:00Z\"",
            "Success|–|–|ID||No data",
            "\"request\":{\"export_type\":5,\"filter\":{\"segment\":{}}}",
            "Success|–|–|ID||No data",
            "\"files\":\"text\"",
            "Success|–|–|ID||",
            "\"files\":{}",
            "Success|–|–|ID||",
            "\"files\":[null,5,{\"id\":7,\"size\":1}]",
            "Success|–|–|ID||",
            "\"files\":[{\"id\":\"f\",\"part\":{},\"size\":\"abc\"}]",
            "Success|–|–|ID||Part 1",
            "\"files\":[{\"id\":\"f\",\"size\":" + "9".repeat(400) + "}]",
            "Success|–|–|ID||Part 1");

    @Test
    void oddMembersBreakNoRow(@TempDir Path profile) {
        assumeTrue(Browser.isInstalled(), "chromium or chromedriver is not on the PATH");
        try (Sandbox sandbox = Sandbox.builder().exports(3).start();
                Monitor monitor = Monitor.start(sandbox);
                Browser browser = Browser.start(profile)) {
            CELLS.keySet().forEach(member -> sandbox.add(odd(member)));
            String newest = sandbox.addExport();
            browser.open(monitor.url());

            browser.awaitConnection("Live");
            browser.awaitLoaded(CELLS.size() + 4);
            assertThat(browser.complaints(false)).isEmpty();
            assertThat(browser.evaluate("document.querySelectorAll('tbody tr').length"))
                    .isEqualTo(CELLS.size() + 4L);
            assertThat(browser.evaluate("document.querySelector('tbody tr').dataset.id"))
                    .isEqualTo(newest);
            CELLS.forEach((member, cells) -> assertThat(browser.evaluate("[...document.querySelector('[data-id="
                            + odd(member).id() + "]').cells].map(cell => cell.innerText).join('|')"))
                    .as(member)
                    .isEqualTo(cells.replace("ID", odd(member).id())));
            browser.open("about:blank");
        }
    }

    private static ExportRequest odd(String member) {
        String id = "odd_" + Integer.toHexString(member.hashCode());
        return JSON.readValue("{\"id\":\"" + id + "\",\"status\":\"SUCCESS\"," + member + "}", ExportRequest.class);
    }
}
