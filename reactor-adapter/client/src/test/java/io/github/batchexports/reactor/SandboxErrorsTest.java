package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.error.ExportFailedException;
import io.github.batchexports.error.ExportUnconfirmedException;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.error.PacerException;
import io.github.batchexports.error.PagingException;
import io.github.batchexports.error.PermissionException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.RestApiKeyException;
import io.github.batchexports.error.ServerException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.sandbox.Fault;
import io.github.batchexports.sandbox.Sandbox;
import io.github.batchexports.sandbox.SandboxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How a test makes each kind of error with the sandbox, as its README says. */
@ExtendWith(SandboxExtension.class)
class SandboxErrorsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ExportDefinition DEFINITION =
            ExportDefinition.forAttributes("a").build();

    private Sandbox sandbox;
    private BatchExportsClient client;

    private BatchExportsClientBuilder options() {
        return BatchExportsClient.builder()
                .projectKey(Sandbox.PROJECT_KEY)
                .baseUrl(sandbox.baseUrl())
                .requestsPerSecond(0)
                .retry(RetryPolicy.none());
    }

    private BatchExportsClient client(Consumer<BatchExportsClientBuilder> changes) {
        BatchExportsClientBuilder options = options().restApiKey(Sandbox.REST_API_KEY);
        changes.accept(options);
        client = options.build();
        return client;
    }

    private BatchExportsClient client() {
        return client(options -> {});
    }

    private BatchExportsClient impatient() {
        return client(options -> options.responseTimeout(Duration.ofSeconds(1)));
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
    }

    private static void fails(Publisher<?> publisher, Class<? extends BatchExportsException> kind) {
        StepVerifier.create(Flux.from(publisher).ignoreElements())
                .expectError(kind)
                .verify(PATIENCE);
    }

    @Test
    void keyThatIsNoLongerTakenIsAuthentication() {
        sandbox.rotateRestApiKey("another");
        fails(client().list(), AuthenticationException.class);
    }

    @Test
    void otherProjectIsPermission() {
        fails(client().forProject("another").list(), PermissionException.class);
    }

    @Test
    void unknownIdOrVersionIsNotFound() {
        fails(client().view("unknown"), NotFoundException.class);
        fails(client(options -> options.apiVersion("99.0")).list(), NotFoundException.class);
    }

    @Test
    void statusIsItsKind() {
        Map<Integer, Class<? extends BatchExportsException>> kinds = Map.of(
                401, AuthenticationException.class,
                403, PermissionException.class,
                404, NotFoundException.class,
                422, InvalidRequestException.class,
                503, ServerException.class,
                505, ServerException.class);
        client();
        kinds.forEach((status, kind) -> {
            sandbox.failNext(Fault.status(status));
            fails(client.list(), kind);
        });
    }

    @Test
    void endThatIsNoSuccessIsFailed() {
        String id = sandbox.addExport();
        sandbox.setStatus(id, ExportStatus.ERROR);
        fails(client().awaitSuccess(id), ExportFailedException.class);
    }

    static List<Fault> unconfirmed() {
        return List.of(Fault.cut(), Fault.reset(), Fault.silence(), Fault.status(500));
    }

    @ParameterizedTest
    @MethodSource("unconfirmed")
    void creationWithoutAnAnswerIsUnconfirmed(Fault fault) {
        sandbox.failNext(fault);
        fails(impatient().create(DEFINITION), ExportUnconfirmedException.class);
        assertThat(sandbox.createCalls()).isEqualTo(1);
    }

    @Test
    void definitionThatTheApiRefusesIsAnInvalidRequest() {
        fails(client().create(ExportDefinition.of(Map.of("export_type", "NONE"))), InvalidRequestException.class);
    }

    @Test
    void tooManyCallsAreRateLimited() {
        sandbox.failNext(Fault.rateLimited(Duration.ZERO));
        fails(client().list(), RateLimitedException.class);
        sandbox.limitRate(0.001);
        client.list().blockLast(PATIENCE);
        fails(client.list(), RateLimitedException.class);
        assertThat(sandbox.refusedForRate()).isEqualTo(1);
    }

    static List<Fault> broken() {
        return List.of(Fault.reset(), Fault.silence(), Fault.delay(Duration.ofSeconds(5)), Fault.cut());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void connectionThatBreaksIsTransport(Fault fault) {
        sandbox.failNext(fault);
        fails(impatient().list(), TransportException.class);
    }

    @Test
    void closedSandboxIsTransport() {
        try (Sandbox own = Sandbox.start()) {
            client(options -> options.baseUrl(own.baseUrl()));
        }
        fails(client.list(), TransportException.class);
    }

    @Test
    void otherContentIsMalformedOrBreaksPaging() {
        client();
        sandbox.failNext(Fault.garbage());
        fails(client.list(), MalformedResponseException.class);
        sandbox.failNext(Fault.body("{}"));
        fails(client.list(), MalformedResponseException.class);
        sandbox.failNext(Fault.body("{\"exports\":[],\"has_more\":true}"));
        fails(client.list(), PagingException.class);
    }

    @Test
    void fileThatBreaksOffIsResumedAndElseADownload() {
        String id = sandbox.addExport();
        sandbox.setStatus(id, ExportStatus.SUCCESS);
        // Large enough that some of a half of it arrives for certain.
        String line = "a".repeat(2_000_000);
        sandbox.addFile(id, line, "last");
        ExportFile file = sandbox.export(id).files().get(0);
        client();
        sandbox.failNextTransfers(1, Fault.cut());
        sandbox.failNextTransfers(1, Fault.reset());
        fails(client.download(file), DownloadException.class);
        client.close();
        client(options -> options.retry(RetryPolicy.defaults()));
        sandbox.failNextTransfers(1, Fault.cut());
        assertThat(client.downloadLines(file).collectList().block(PATIENCE)).containsExactly(line, "last");
    }

    @Test
    void pacerAndKeySupplierFailAsTheirOwnKinds() {
        client = options().restApiKeySupplier(() -> null).build();
        fails(client.list(), RestApiKeyException.class);
        client.close();
        RequestPacer broken = new RequestPacer() {
            @Override
            public Mono<Permit> acquire() {
                return Mono.error(new IllegalStateException("no permits today"));
            }

            @Override
            public void holdFor(Duration time) {}
        };
        fails(client(options -> options.pacer(project -> broken)).list(), PacerException.class);
    }

    @Test
    void closedClientIsClosed() {
        client().close();
        fails(client.list(), ClientClosedException.class);
    }
}
