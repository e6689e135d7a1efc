package io.github.batchexports.benchmarks.json;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page with every unknown member kept, as this library keeps them. */
public record WholePage(
        List<Export> exports,
        int count,
        @JsonProperty("has_more") boolean hasMore,
        @JsonProperty("next_from") @Nullable String nextFrom,
        @JsonAnySetter Map<String, Object> others) {

    /** One export request. */
    public record Export(
            String id,
            String status,
            @JsonProperty("request_date") @Nullable Instant requestDate,
            @JsonProperty("start_date") @Nullable Instant startDate,
            @JsonProperty("completion_date") @Nullable Instant completionDate,
            @Nullable String scope,
            @Nullable List<ExportFile> files,
            @Nullable Definition request,
            @JsonAnySetter Map<String, Object> others) {}

    /** One file. */
    public record ExportFile(
            @Nullable String id,
            @Nullable Integer part,
            @Nullable Long size,
            @Nullable String url,
            @JsonAnySetter Map<String, Object> others) {}

    /** What was asked for. */
    public record Definition(
            @JsonProperty("export_type") @Nullable String exportType,
            @Nullable List<String> attributes,
            @Nullable List<String> identifiers,
            @Nullable Filter filter,
            @JsonAnySetter Map<String, Object> others) {}

    /** Which profiles were asked for. */
    public record Filter(
            @Nullable String segment, @JsonAnySetter Map<String, Object> others) {}
}
