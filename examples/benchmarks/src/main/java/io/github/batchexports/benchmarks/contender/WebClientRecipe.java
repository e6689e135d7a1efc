package io.github.batchexports.benchmarks.contender;

import io.github.batchexports.benchmarks.json.Page;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/** The usual recipe for Spring's WebClient, with its default connector and its default Jackson. */
final class WebClientRecipe implements Contender {

    /** The default, 256 KiB, is too small for pages with many files. */
    private static final int MAX_PAGE_BYTES = 16 * 1024 * 1024;

    private final Target target;
    private final WebClient client;

    WebClientRecipe(Target target) {
        this.target = target;
        this.client = WebClient.builder()
                .baseUrl(target.baseUrl())
                .defaultHeader("Authorization", "Bearer benchmark-rest-api-key")
                .defaultHeader("X-Batch-Project", "project_benchmark")
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_PAGE_BYTES))
                .build();
    }

    @Override
    public Publisher<?> list() {
        return page(null)
                .expand(page -> page.hasMore() ? page(page.nextFrom()) : Mono.empty())
                .flatMapIterable(Page::exports);
    }

    private Mono<Page> page(@Nullable String from) {
        WebClient.RequestHeadersSpec<?> request = from == null
                ? client.get().uri("/2.8/exports/list?limit={limit}", target.pageSize())
                : client.get().uri("/2.8/exports/list?limit={limit}&from={from}", target.pageSize(), from);
        Mono<Page> call = request.retrieve().bodyToMono(Page.class);
        return target.pacing().around(call, from, target, WebClientResponseException.TooManyRequests.class::isInstance);
    }
}
