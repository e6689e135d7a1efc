package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.ExportStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults by script, over plain HTTP. */
@Timeout(60)
class FaultTest {

    private static final String LIST = "/2.8/exports/list";
    private static final String DEFINITION = "{\"export_type\":\"ATTRIBUTES\",\"attributes\":[\"a\"]}";

    private final Sandbox sandbox =
            Sandbox.builder().exports(3).fileBytes(1_000).start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private int status() throws Exception {
        return Calls.api(sandbox, LIST).statusCode();
    }

    @Test
    void scriptIsFollowedCallForCall() throws Exception {
        sandbox.failNext(2, Fault.status(503));
        sandbox.failNext(Fault.none());
        sandbox.failNext(Fault.status(404, "A_CODE", "A \"message\"."));
        assertThat(List.of(status(), status(), status())).containsExactly(503, 503, 200);
        assertThat(Calls.api(sandbox, LIST).body())
                .contains("\"error_code\":\"A_CODE\"", "\"error_message\":\"A \\\"message\\\".\"");
        assertThat(status()).isEqualTo(200);
        assertThat(sandbox.listCalls()).isEqualTo(5);
    }

    @Test
    void callWithoutARouteTakesNoFault() throws Exception {
        sandbox.failNext(Fault.status(503));
        assertThat(Calls.api(sandbox, "/2.8/elsewhere").statusCode()).isEqualTo(404);
        assertThat(status()).isEqualTo(503);
    }

    @Test
    void rateLimitNamesItsSeconds() throws Exception {
        sandbox.failNext(Fault.rateLimited(Duration.ofMillis(1_001)));
        HttpResponse<String> refused = Calls.api(sandbox, LIST);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("2");
        assertThat(sandbox.refusedForRate()).isZero();
    }

    @Test
    void bodyAndGarbageAreSuccesses() throws Exception {
        sandbox.failNext(Fault.body("{\"exports\":[]"));
        sandbox.failNext(Fault.garbage());
        assertThat(Calls.api(sandbox, LIST).body()).isEqualTo("{\"exports\":[]");
        HttpResponse<String> garbage = Calls.api(sandbox, LIST);
        assertThat(garbage.statusCode()).isEqualTo(200);
        assertThat(garbage.headers().firstValue("Content-Type")).contains("text/html");
    }

    @Test
    void delayedCallIsAnsweredAsUsual() throws Exception {
        sandbox.failNext(Fault.delay(Duration.ofMillis(200)));
        assertThat(Calls.api(sandbox, LIST).body()).contains("\"count\":3");
    }

    @Test
    void cutResponseEndsInTheMiddle() throws Exception {
        int whole = Calls.api(sandbox, LIST).body().length();
        sandbox.failNext(Fault.cut());
        HttpResponse<InputStream> cut = HttpClient.newHttpClient()
                .send(Calls.request(sandbox, LIST), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = cut.body()) {
            assertThat(body.readNBytes(whole / 2)).hasSize(whole / 2);
            assertThatThrownBy(body::read).isInstanceOf(IOException.class);
        }
        assertThat(status()).isEqualTo(200);
    }

    /** By a POST, which the JDK's client does not repeat by itself. */
    @Test
    void resetCallHasNoResponseAndNoEffect() throws Exception {
        sandbox.failNext(Fault.reset());
        assertThatThrownBy(() -> Calls.create(sandbox, DEFINITION)).isInstanceOf(IOException.class);
        assertThat(sandbox.createCalls()).isEqualTo(1);
        assertThat(sandbox.exports()).hasSize(3);
    }

    @Test
    void cutCreationHasHappenedAndRefusedOneHasNot() throws Exception {
        sandbox.failNext(Fault.status(500));
        assertThat(Calls.create(sandbox, DEFINITION).statusCode()).isEqualTo(500);
        assertThat(sandbox.exports()).hasSize(3);
        sandbox.failNext(Fault.cut());
        assertThatThrownBy(() -> Calls.create(sandbox, DEFINITION)).isInstanceOf(IOException.class);
        assertThat(sandbox.exports()).hasSize(4);
    }

    @Test
    void closingTheSandboxEndsASilentCall() {
        sandbox.failNext(Fault.silence());
        CompletableFuture<HttpResponse<String>> silent = HttpClient.newHttpClient()
                .sendAsync(Calls.creation(sandbox, DEFINITION), HttpResponse.BodyHandlers.ofString());
        while (sandbox.createCalls() == 0) {
            Thread.onSpinWait();
        }
        assertThat(silent).isNotDone();
        sandbox.close();
        assertThatThrownBy(silent::get).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void transfersHaveAScriptOfTheirOwn() throws Exception {
        sandbox.failNextTransfers(1, Fault.status(500));
        sandbox.failNextTransfers(1, Fault.cut());
        String export = sandbox.addExport();
        sandbox.setStatus(export, ExportStatus.SUCCESS);
        URI link = Calls.link(sandbox, sandbox.fileIds(export).get(0));
        assertThat(Calls.storage(link).statusCode()).isEqualTo(500);
        try (InputStream body =
                Calls.storage(link, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            assertThat(body.readNBytes(500)).hasSize(500);
            assertThatThrownBy(body::read).isInstanceOf(IOException.class);
        }
        assertThat(Calls.storage(link).statusCode()).isEqualTo(200);
    }
}
