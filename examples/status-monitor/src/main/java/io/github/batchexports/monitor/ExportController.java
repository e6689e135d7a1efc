package io.github.batchexports.monitor;

import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.reactor.BatchExportsClient;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the page asks for, and the list for programs. */
@RestController
class ExportController {

    private final BatchExportsClient client;
    private final ExportWatch watch;
    private final PageEvents events;

    ExportController(BatchExportsClient client, ExportWatch watch, PageEvents events) {
        this.client = client;
        this.watch = watch;
        this.events = events;
    }

    @GetMapping(path = "/exports/changes", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Object>> changes() {
        return events.stream();
    }

    /** As the last poll saw them, without a call. */
    @GetMapping(path = "/exports", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<ExportRequest> exports(
            @RequestParam(defaultValue = "") List<String> status, @RequestParam(defaultValue = "") List<String> scope) {
        return watch.latest().flatMapIterable(ExportSnapshot::exports).filter(matching(status, scope));
    }

    /** As the API has them now: a page of the API is read when the one who asks has read what came before it. */
    @GetMapping(path = "/exports/live-list", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<ExportRequest> liveList(
            @RequestParam(defaultValue = "") List<String> status, @RequestParam(defaultValue = "") List<String> scope) {
        return client.list().filter(matching(status, scope));
    }

    private static Predicate<ExportRequest> matching(List<String> status, List<String> scope) {
        Predicate<ExportRequest> any = ExportFilters.any();
        return (status.isEmpty() ? any : ExportFilters.status(upperCase(status)))
                .and(scope.isEmpty() ? any : ExportFilters.scope(upperCase(scope)));
    }

    /** As the API writes them, however people type them. */
    private static String[] upperCase(List<String> words) {
        return words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toArray(String[]::new);
    }

    /** No length is announced: the size that an export names may not be that of the content. */
    @GetMapping("/exports/{id}/files/{fileId}")
    Mono<ResponseEntity<Flux<ByteBuffer>>> file(@PathVariable String id, @PathVariable String fileId) {
        String name = (id + "-" + fileId + ".jsonl").replaceAll("[^A-Za-z0-9_.-]", "_");
        return client.view(id)
                .flatMapIterable(ExportRequest::files)
                .filter(file -> fileId.equals(file.id()))
                .next()
                .switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No such file.")))
                .map(file -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .headers(headers -> headers.setContentDisposition(
                                ContentDisposition.attachment().filename(name).build()))
                        .body(client.download(file)));
    }

    /** The API's own one line, which never has the key. After the first byte nothing is left but to cut the answer off. */
    @ExceptionHandler
    Mono<ProblemDetail> problem(BatchExportsException failure, ServerHttpResponse response) {
        HttpStatus status = failure.isTransient() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.BAD_GATEWAY;
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                failure instanceof NotFoundException ? HttpStatus.NOT_FOUND : status, failure.getMessage());
        return response.isCommitted() ? Mono.error(failure) : Mono.just(problem);
    }

    /** An id that none can be. */
    @ExceptionHandler
    ProblemDetail problem(IllegalArgumentException refusal) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, refusal.getMessage());
    }
}
