package io.github.batchexports.springboot;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.reactor.BatchExportsClient;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Streams what the API has, as fast as whoever reads it. */
@RestController
class ExportController {

    private final BatchExportsClient client;

    ExportController(BatchExportsClient client) {
        this.client = client;
    }

    @GetMapping(
            path = "/exports",
            produces = {
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    Flux<ExportRequest> exports() {
        return client.list();
    }

    @GetMapping(path = "/exports/changes", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ExportChange> changes() {
        return client.watch();
    }
}
