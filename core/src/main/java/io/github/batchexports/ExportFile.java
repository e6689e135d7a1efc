package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of an export. Every member is null when the server did not send it.
 *
 * @param id what the file is downloaded by
 * @param part which part of the export this is, from 1 in the documentation's examples
 * @param size in bytes
 * @param url where the API hands out a link to the file; it wants the REST API key, and its API version may differ from
 *     the listing's
 * @param otherMembers members unknown to this version of the library, in the order they came
 */
@JsonAutoDetect(
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        fieldVisibility = JsonAutoDetect.Visibility.NONE,
        creatorVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "part", "size", "url"})
public record ExportFile(
        @Nullable String id,
        @Nullable Integer part,
        @Nullable Long size,
        @Nullable String url,
        Map<String, @Nullable Object> otherMembers) {

    private static final List<String> KNOWN = List.of("id", "part", "size", "url");

    public ExportFile {
        otherMembers = UnknownMembers.copyOf(otherMembers, KNOWN);
    }

    /** A file without other members. */
    public static ExportFile of(
            @Nullable String id, @Nullable Integer part, @Nullable Long size, @Nullable String url) {
        return new ExportFile(id, part, size, url, Map.of());
    }

    @JsonCreator
    static ExportFile read(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("part") @Nullable Integer part,
            @JsonProperty("size") @Nullable Long size,
            @JsonProperty("url") @Nullable String url,
            @JsonAnySetter @Nullable Map<String, @Nullable Object> otherMembers) {
        return new ExportFile(id, part, size, url, otherMembers == null ? Map.of() : otherMembers);
    }

    @Override
    @JsonProperty("id")
    public @Nullable String id() {
        return id;
    }

    @Override
    @JsonProperty("part")
    public @Nullable Integer part() {
        return part;
    }

    @Override
    @JsonProperty("size")
    public @Nullable Long size() {
        return size;
    }

    @Override
    @JsonProperty("url")
    public @Nullable String url() {
        return url;
    }

    @Override
    @JsonAnyGetter
    @JsonInclude(content = JsonInclude.Include.ALWAYS)
    public Map<String, @Nullable Object> otherMembers() {
        return otherMembers;
    }
}
