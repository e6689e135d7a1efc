package io.github.batchexports.benchmarks.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page; unknown members are ignored, as most applications do. Jackson 2 and Jackson 3 read the same annotations. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Page(
        List<Export> exports,
        int count,
        @JsonProperty("has_more") boolean hasMore,
        @JsonProperty("next_from") @Nullable String nextFrom) {

    /** One export request. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Export(
            String id,
            String status,
            @JsonProperty("request_date") @Nullable Instant requestDate,
            @JsonProperty("start_date") @Nullable Instant startDate,
            @JsonProperty("completion_date") @Nullable Instant completionDate,
            @Nullable String scope,
            @Nullable List<ExportFile> files,
            @Nullable Definition request) {}

    /** One file. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ExportFile(
            @Nullable String id,
            @Nullable Integer part,
            @Nullable Long size,
            @Nullable String url) {}

    /** What was asked for. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Definition(
            @JsonProperty("export_type") @Nullable String exportType,
            @Nullable List<String> attributes,
            @Nullable List<String> identifiers,
            @Nullable Filter filter) {}

    /** Which profiles were asked for. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Filter(@Nullable String segment) {}
}
