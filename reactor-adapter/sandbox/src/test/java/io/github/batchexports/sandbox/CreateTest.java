package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The creation of exports, over plain HTTP. */
class CreateTest {

    private final SettableClock clock = new SettableClock();

    @Test
    void createdExportGoesOnToItsSuccessByTheClock() throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                .clock(clock)
                .exportTakes(Duration.ofSeconds(30))
                .start()) {
            String definition =
                    "{\"export_type\":\"ATTRIBUTES\",\"attributes\":[\"$region\"],\"more\":{\"n\":[1.50,null]}}";
            HttpResponse<String> response = Calls.create(sandbox, definition);
            assertThat(response.statusCode()).isEqualTo(202);
            String id = Calls.id(response.body());
            assertThat(Calls.view(sandbox, id).body()).contains("\"request\":" + definition);
            List<String> statuses = new ArrayList<>();
            for (int third = 0; third < 4; third++) {
                clock.set(Duration.ofSeconds(10L * third));
                statuses.add(Calls.status(Calls.view(sandbox, id).body()));
            }
            assertThat(statuses).containsExactly("CREATED", "PENDING", "RUNNING", "SUCCESS");
            assertThat(sandbox.fileIds(id)).isNotEmpty();
            assertThat(sandbox.createCalls()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'export_type':'ATTRIBUTES','identifiers':['custom_id','installation_ids']}",
                "{'export_type':'EVENTS','events':['$open'],'from':'2025-11-05T04:05:06Z','to':'now'}",
                "{'export_type':'EVENTS','events':['a'],'from':'2026-01-01T00:00:00Z','to':'2026-01-02T00:00:00Z',"
                        + "'identifiers':['installation_id']}",
                "{'export_type':'REACHABILITY','channels':['email','push','sms'],'from':'2026-01-01T00:00:00Z','to':'now'}",
            })
    void definitionsOfEachTypeAreAccepted(String definition) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().clock(clock).start()) {
            assertThat(Calls.create(sandbox, definition.replace('\'', '"')).statusCode())
                    .isEqualTo(202);
            assertThat(sandbox.exports()).hasSize(254);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                     | MALFORMED_PARAMETER | JSON object",
                "{'export_type'                                         | MALFORMED_PARAMETER | JSON object",
                "{'attributes':['a']}                                   | MISSING_PARAMETER   | export_type",
                "{'export_type':null,'attributes':['a']}                | MISSING_PARAMETER   | export_type",
                "{'export_type':'OTHER'}                                | MALFORMED_PARAMETER | export_type",
                "{'export_type':'ATTRIBUTES'}                           | MISSING_PARAMETER   | attributes or identifiers",
                "{'export_type':'ATTRIBUTES','attributes':[]}           | MISSING_PARAMETER   | attributes or identifiers",
                "{'export_type':'ATTRIBUTES','attributes':[1]}          | MALFORMED_PARAMETER | attributes",
                "{'export_type':'ATTRIBUTES','identifiers':['id']}      | MALFORMED_PARAMETER | identifiers",
                "{'export_type':'EVENTS','from':'2026-01-01T00:00:00Z','to':'now'} | MISSING_PARAMETER | events",
                "{'export_type':'EVENTS','events':['a'],'to':'now'}     | MISSING_PARAMETER   | from",
                "{'export_type':'EVENTS','events':['a'],'from':'now','to':'now'} | MALFORMED_PARAMETER | from",
                "{'export_type':'EVENTS','events':['a'],'from':'2025-11-05T04:05:05Z','to':'now'} | MALFORMED_PARAMETER | 90 days",
                "{'export_type':'EVENTS','events':['a'],'from':'2026-01-02T00:00:00Z','to':'2026-01-01T00:00:00Z'} | MALFORMED_PARAMETER | to must not",
                "{'export_type':'REACHABILITY','channels':['fax'],'from':'2026-01-02T00:00:00Z','to':'now'} | MALFORMED_PARAMETER | channels",
            })
    void definitionsInvalidForApiAreRefused(String definition, String code, String message) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().clock(clock).start()) {
            HttpResponse<String> response = Calls.create(sandbox, definition.replace('\'', '"'));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body())
                    .contains("\"error_code\":\"" + code + "\"")
                    .contains(message);
            assertThat(sandbox.exports()).hasSize(253);
        }
    }

    @Test
    void onlyPostCreates() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            assertThat(Calls.api(sandbox, "/2.8/profiles/export").statusCode()).isEqualTo(404);
            assertThat(sandbox.createCalls()).isZero();
        }
    }
}
