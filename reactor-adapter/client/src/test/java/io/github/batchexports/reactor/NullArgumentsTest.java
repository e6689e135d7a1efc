package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.batchexports.DownloadOptions;
import io.github.batchexports.policy.RetryPolicy;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Null, which a caller's compiler may let pass: the method that gets it rejects it and names the option. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NullArgumentsTest {

    private final BatchExportsClient client = BatchExportsClient.builder()
            .restApiKey(ExportsServer.KEY)
            .projectKey(ExportsServer.PROJECT)
            .build();

    @AfterEach
    void close() {
        client.close();
    }

    private static Arguments given(String name, ThrowingCallable call) {
        return Arguments.of(name, call);
    }

    private static BatchExportsClientBuilder options() {
        return BatchExportsClient.builder();
    }

    private static void building(BatchExportsClientBuilder options) {
        options.restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .build()
                .close();
    }

    static Stream<Arguments> builderOptions() {
        return Stream.of(
                given("restApiKey", () -> options().restApiKey(null)),
                given("restApiKeySupplier", () -> options().restApiKeySupplier(null)),
                given("projectKey", () -> options().projectKey(null)),
                given("baseUrl", () -> options().baseUrl(null)),
                given("apiVersion", () -> options().apiVersion(null)),
                given("pacer", () -> options().pacer(null)),
                given("responseTimeout", () -> options().responseTimeout(null)),
                given("retry", () -> options().retry(null)),
                given("httpClient", () -> options().httpClient(null)),
                given("storageHttpClient", () -> options().storageHttpClient(null)),
                given("what pacer returned", () -> building(options().pacer(project -> null))),
                given("what pollCache returned", () -> building(options().pollCache(project -> null))),
                given("what httpClient returned", () -> building(options().httpClient(http -> null))),
                given(
                        "what storageHttpClient returned",
                        () -> building(options().storageHttpClient(http -> null))),
                given("observationRegistry", () -> options().observationRegistry(null)),
                given("pollCache", () -> options().pollCache(null)),
                given("scheduler", () -> options().scheduler(null)),
                given("firstDelay", () -> RetryPolicy.builder().firstDelay(null)),
                given("maxDelay", () -> RetryPolicy.builder().maxDelay(null)),
                given("maxElapsed", () -> RetryPolicy.builder().maxElapsed(null)),
                given("jitter", () -> RetryPolicy.builder().jitter(null)));
    }

    Stream<Arguments> parameters() {
        Path target = Path.of("file");
        DownloadOptions options = DownloadOptions.builder().build();
        return Stream.of(
                given("options", () -> client.list(null)),
                given("options", () -> client.listPages(null)),
                given("exportId", () -> client.view(null)),
                given("exportId", () -> client.awaitCompletion(null)),
                given("options", () -> client.awaitCompletion("x", null)),
                given("exportId", () -> client.awaitSuccess(null)),
                given("options", () -> client.awaitSuccess("x", null)),
                given("definition", () -> client.create(null)),
                given("options", () -> client.watch(null)),
                given("options", () -> client.snapshots(null)),
                given("file", () -> client.download(null)),
                given("file", () -> client.downloadLines(null)),
                given("file", () -> client.downloadTo(null, target)),
                given("target", () -> client.downloadTo(FileServer.FILE, null)),
                given("options", () -> client.downloadTo(FileServer.FILE, target, null)),
                given("file", () -> client.downloadTo(null, target, options)),
                given("export", () -> client.downloadAll(null, target)),
                given("directory", () -> client.downloadAll(FileServer.EXPORT, null)),
                given("options", () -> client.downloadAll(FileServer.EXPORT, target, null)),
                given("projectKey", () -> client.forProject(null)));
    }

    @ParameterizedTest
    @MethodSource({"builderOptions", "parameters"})
    void nullIsRejectedAtOnceByName(String name, ThrowingCallable call) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageStartingWith(name + " is null")
                .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedBaseUrlIsRejectedAtOnce(String url, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options().baseUrl(url))
                .withMessageStartingWith("baseUrl")
                .withMessageContaining(reason);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("https://api.batch.com:99999", "99999"),
                Arguments.of("https://my_host.example", "'_'"),
                Arguments.of("api.batch.com", "https"),
                Arguments.of("", "https"));
    }
}
