package io.github.batchexports.benchmarks.contender;

import com.fasterxml.jackson.databind.ObjectReader;
import io.github.batchexports.benchmarks.json.Mappers;
import io.github.batchexports.benchmarks.json.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Pages by Reactor Netty's client and Jackson 2 databind, which the pagings of other SDKs are set upon. */
final class DatabindPages {

    private final Target target;
    private final HttpClient http = PlainHttp.client();
    private final ObjectReader reader = Mappers.jackson2().readerFor(Page.class);

    DatabindPages(Target target) {
        this.target = target;
    }

    Mono<Page> page(@Nullable String from) {
        Mono<Page> call = http.get().uri(target.page(from)).responseSingle((response, body) -> {
            int status = response.status().code();
            return status == 200 ? body.asByteArray().map(this::read) : Mono.error(new StatusException(status));
        });
        return target.pacing().around(call, from, target, StatusException::isTooManyRequests);
    }

    private Page read(byte[] body) {
        try {
            return reader.readValue(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
