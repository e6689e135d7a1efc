package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A host name that cannot be resolved, which is a typing error more often than a network failure. */
class UnknownHostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REASON = "the host name no-such-host.invalid cannot be resolved";

    @Test
    void errorNamesTheHostOfTheApi() {
        try (BatchExportsClient client = BatchExportsClient.builder()
                .restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .baseUrl("https://no-such-host.invalid")
                .retry(RetryPolicy.none())
                .build()) {
            StepVerifier.create(client.list())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(TransportException.class)
                            .hasMessageContaining(REASON))
                    .verify(PATIENCE);
        }
    }

    @Test
    void errorNamesTheHostOfTheStorageWithoutTheLink() {
        try (FileServer server = FileServer.of(1);
                BatchExportsClient client =
                        server.options().retry(RetryPolicy.none()).build()) {
            server.api((call, request) -> FileServer.link(307, "https://no-such-host.invalid/path?signature"));
            StepVerifier.create(client.download(FileServer.FILE))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(TransportException.class)
                            .hasMessageContaining(REASON)
                            .hasMessageNotContaining("signature"))
                    .verify(PATIENCE);
        }
    }
}
