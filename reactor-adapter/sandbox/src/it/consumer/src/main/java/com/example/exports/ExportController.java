package com.example.exports;

import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.reactor.BatchExportsClient;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

@RestController
class ExportController {

    private final BatchExportsClient client;

    ExportController(BatchExportsClient client) {
        this.client = client;
    }

    @GetMapping("/exports")
    Flux<ExportRequest> succeeded() {
        return client.list().filter(ExportFilters.status(ExportStatus.SUCCESS));
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    String failed(BatchExportsException failure) {
        return failure.getMessage();
    }
}
