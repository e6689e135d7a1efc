package io.github.batchexports.benchmarks.contender;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Page after page, whose bytes are dropped but for the cursor at their end: what nobody who reads them can beat. */
final class TransportFloor implements Contender {

    private final Target target;
    private final HttpClient http = PlainHttp.client();

    TransportFloor(Target target) {
        this.target = target;
    }

    @Override
    public Publisher<?> list() {
        return page(null).expand(end -> end.nextFrom() == null ? Mono.empty() : page(end.nextFrom()));
    }

    @Override
    public int exportsPerItem() {
        return target.pageSize();
    }

    private Mono<BodyEnd> page(@Nullable String from) {
        return http.get()
                .uri(target.page(from))
                .response((response, body) -> {
                    BodyEnd end = new BodyEnd();
                    return body.doOnNext(end::add).then(Mono.just(end));
                })
                .single();
    }
}
