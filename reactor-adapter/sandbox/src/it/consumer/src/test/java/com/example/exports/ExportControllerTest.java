package com.example.exports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.sandbox.Fault;
import io.github.batchexports.sandbox.Sandbox;
import io.github.batchexports.sandbox.SandboxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest
@AutoConfigureWebTestClient
@ExtendWith(SandboxExtension.class)
class ExportControllerTest {

    static Sandbox sandbox;

    @DynamicPropertySource
    static void client(DynamicPropertyRegistry properties) {
        properties.add("batch.exports.base-url", () -> sandbox.baseUrl());
        properties.add("batch.exports.rest-api-key", () -> Sandbox.REST_API_KEY);
        properties.add("batch.exports.project-key", () -> Sandbox.PROJECT_KEY);
        properties.add("batch.exports.requests-per-second", () -> 0);
    }

    @Autowired
    WebTestClient web;

    @Test
    void exportsThatSucceededAreListed() {
        sandbox.add(ExportRequest.builder().id("mine").status(ExportStatus.SUCCESS).build());
        sandbox.add(ExportRequest.builder().id("late").status(ExportStatus.RUNNING).build());

        web.get().uri("/exports").exchange().expectStatus().isOk().expectBody()
                .jsonPath("$.length()").isEqualTo(1)
                .jsonPath("$[0].id").isEqualTo("mine");

        assertThat(sandbox.listCalls()).isEqualTo(1);
    }

    @Test
    void refusedKeyIsABadGateway() {
        sandbox.failNext(Fault.status(401));

        web.get().uri("/exports").exchange().expectStatus().isEqualTo(502);
    }

    @Test
    void callIsRepeatedAfterAnOutage() {
        sandbox.failNext(2, Fault.status(503));

        web.get().uri("/exports").exchange().expectStatus().isOk().expectBody().json("[]");

        assertThat(sandbox.recordedCalls()).hasSize(3);
    }
}
