package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One export request, as Batch's documentation of the Exports API describes it. Some members are there only when the
 * status is {@link ExportStatus#SUCCESS}; an absent member is null. A Jackson mapper, 2 or 3, writes it as the API does
 * and reads it back; for numbers in {@code otherMembers} to be read back exactly, the mapper needs
 * {@code USE_BIG_DECIMAL_FOR_FLOATS}.
 *
 * @param id what the export is viewed by
 * @param status how far the export is
 * @param requestDate when it was asked for, or null
 * @param startDate when it started to run, or null
 * @param completionDate when it ended, or null
 * @param scope what it is about, or null
 * @param files its files; empty when the server sent none, as it does for an export that found no data
 * @param request what was asked for, or null
 * @param otherMembers members unknown to this version of the library, in the order they came: {@link String},
 *     {@link Boolean}, {@link Integer}, {@link Long}, {@link java.math.BigInteger}, {@link java.math.BigDecimal},
 *     {@link List}, {@link Map} or null
 */
@JsonAutoDetect(
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        fieldVisibility = JsonAutoDetect.Visibility.NONE,
        creatorVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "request_date", "completion_date", "start_date", "scope", "status", "files", "request"})
public record ExportRequest(
        String id,
        ExportStatus status,
        @Nullable Instant requestDate,
        @Nullable Instant startDate,
        @Nullable Instant completionDate,
        @Nullable ExportScope scope,
        List<ExportFile> files,
        @Nullable ExportDefinition request,
        Map<String, @Nullable Object> otherMembers) {

    private static final List<String> KNOWN =
            List.of("id", "request_date", "completion_date", "start_date", "scope", "status", "files", "request");

    public ExportRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        files = List.copyOf(files);
        otherMembers = UnknownMembers.copyOf(otherMembers, KNOWN);
    }

    @JsonCreator
    static ExportRequest read(
            @JsonProperty("id") String id,
            @JsonProperty("status") ExportStatus status,
            @JsonProperty("request_date") @Nullable String requestDate,
            @JsonProperty("start_date") @Nullable String startDate,
            @JsonProperty("completion_date") @Nullable String completionDate,
            @JsonProperty("scope") @Nullable ExportScope scope,
            @JsonProperty("files") @Nullable List<ExportFile> files,
            @JsonProperty("request") @Nullable ExportDefinition request,
            @JsonAnySetter @Nullable Map<String, @Nullable Object> otherMembers) {
        return new ExportRequest(
                id,
                status,
                requestDate == null ? null : Rfc3339.parse(requestDate),
                startDate == null ? null : Rfc3339.parse(startDate),
                completionDate == null ? null : Rfc3339.parse(completionDate),
                scope,
                files == null ? List.of() : files,
                request,
                otherMembers == null ? Map.of() : otherMembers);
    }

    /** A builder that knows nothing yet. */
    public static ExportRequestBuilder builder() {
        return new ExportRequestBuilder();
    }

    /** A builder that starts from this request. */
    public ExportRequestBuilder toBuilder() {
        return new ExportRequestBuilder(this);
    }

    /** Whether it will not change any more. */
    public boolean isFinal() {
        return status.isFinal();
    }

    /**
     * One line of JSON as the API writes it: a member that is null here is absent, {@code files} is always there, and
     * dates are in UTC.
     *
     * @throws IllegalArgumentException when {@code otherMembers}, made by hand, hold what JSON cannot
     */
    public String toJson() {
        return ExportWriter.write(this);
    }

    @Override
    @JsonProperty("id")
    public String id() {
        return id;
    }

    @Override
    @JsonProperty("status")
    public ExportStatus status() {
        return status;
    }

    // Dates go through a mapper as text, so that it needs no module for java.time and its settings change nothing.

    @JsonProperty("request_date")
    @Nullable
    String requestDateText() {
        return requestDate == null ? null : requestDate.toString();
    }

    @JsonProperty("start_date")
    @Nullable
    String startDateText() {
        return startDate == null ? null : startDate.toString();
    }

    @JsonProperty("completion_date")
    @Nullable
    String completionDateText() {
        return completionDate == null ? null : completionDate.toString();
    }

    @Override
    @JsonProperty("scope")
    public @Nullable ExportScope scope() {
        return scope;
    }

    @Override
    @JsonProperty("files")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public List<ExportFile> files() {
        return files;
    }

    @Override
    @JsonProperty("request")
    public @Nullable ExportDefinition request() {
        return request;
    }

    @Override
    @JsonAnyGetter
    @JsonInclude(content = JsonInclude.Include.ALWAYS)
    public Map<String, @Nullable Object> otherMembers() {
        return otherMembers;
    }
}
