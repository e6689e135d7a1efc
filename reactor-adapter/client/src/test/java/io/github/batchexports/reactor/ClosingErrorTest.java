package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.batchexports.error.ClientClosedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A subscriber throws an error when it is told that its client is closed. */
class ClosingErrorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExportsServer server = new ExportsServer(25);

    /** Holds calls until the test is over. */
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        never.countDown();
        server.close();
    }

    /** Two calls under way, whose subscribers are told of the client's end: the first one throws. */
    private Throwable closeUnder(Consumer<Throwable> first, AtomicReference<Throwable> second) throws Exception {
        CountDownLatch calls = new CountDownLatch(2);
        server.fault((call, request) -> {
            calls.countDown();
            never.await();
            return null;
        });
        BatchExportsClient client = server.options().build();
        client.view("a").subscribe(export -> {}, first);
        client.view("b").subscribe(export -> {}, second::set);
        assertThat(calls.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return catchThrowable(client::close);
    }

    static Stream<Error> errors() {
        return Stream.of(new NoClassDefFoundError("of/an/Application"), new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfASubscriberKeepsNoOtherFromIts(Error error) throws Exception {
        AtomicReference<Throwable> second = new AtomicReference<>();
        Throwable thrown = closeUnder(
                closed -> {
                    throw error;
                },
                second);
        assertThat(thrown).isNull();
        assertThat(second.get()).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void fatalErrorOfASubscriberIsThrownByCloseAfterAllAreTold() throws Exception {
        AtomicReference<Throwable> second = new AtomicReference<>();
        InternalError fatal = new InternalError("of the test");
        Throwable thrown = closeUnder(
                closed -> {
                    throw fatal;
                },
                second);
        assertThat(thrown).isSameAs(fatal);
        assertThat(second.get()).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void connectionsAreClosedWhateverASubscriberThrows() throws Exception {
        InternalError fatal = new InternalError("of the test");
        CountDownLatch viewed = new CountDownLatch(1);
        try (RawServer raw = new RawServer(request -> {
            if (request.target().contains("/view")) {
                viewed.countDown();
                return new RawServer.Reply(new byte[0], RawServer.After.UNTIL_ABORTED);
            }
            return RawServer.Reply.text(
                    "HTTP/1.1 200 OK\r\nContent-Length: 14", "{\"exports\":[]}", RawServer.After.KEEP);
        })) {
            BatchExportsClient client = server.options().baseUrl(raw.baseUrl()).build();
            client.view("a").subscribe(export -> {}, closed -> {
                throw fatal;
            });
            assertThat(viewed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            // Leaves an idle connection.
            client.list().blockLast(PATIENCE);
            assertThat(catchThrowable(client::close)).isSameAs(fatal);
            raw.awaitDisconnected();
        }
    }
}
