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
 * What was asked for: the {@code request} member of an export request. The documentation shows the members of
 * {@code ATTRIBUTES} exports; those of other types are in {@code otherMembers}.
 *
 * @param exportType null when the server did not send it
 * @param attributes names of the attributes asked for, native ones with a leading {@code $}; null when the server did
 *     not send the list, empty when it sent an empty one
 * @param identifiers names of the identifiers asked for; null and empty as for {@code attributes}
 * @param filter which profiles were asked for; null when there was no filter
 * @param otherMembers members unknown to this version of the library, in the order they came
 */
@JsonAutoDetect(
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        fieldVisibility = JsonAutoDetect.Visibility.NONE,
        creatorVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"export_type", "attributes", "identifiers", "filter"})
public record ExportDefinition(
        @Nullable ExportType exportType,
        @Nullable List<String> attributes,
        @Nullable List<String> identifiers,
        @Nullable Filter filter,
        Map<String, @Nullable Object> otherMembers) {

    private static final List<String> KNOWN = List.of("export_type", "attributes", "identifiers", "filter");

    public ExportDefinition {
        attributes = attributes == null ? null : List.copyOf(attributes);
        identifiers = identifiers == null ? null : List.copyOf(identifiers);
        otherMembers = UnknownMembers.copyOf(otherMembers, KNOWN);
    }

    @JsonCreator
    static ExportDefinition read(
            @JsonProperty("export_type") @Nullable ExportType exportType,
            @JsonProperty("attributes") @Nullable List<String> attributes,
            @JsonProperty("identifiers") @Nullable List<String> identifiers,
            @JsonProperty("filter") @Nullable Filter filter,
            @JsonAnySetter @Nullable Map<String, @Nullable Object> otherMembers) {
        return new ExportDefinition(
                exportType, attributes, identifiers, filter, otherMembers == null ? Map.of() : otherMembers);
    }

    @Override
    @JsonProperty("export_type")
    public @Nullable ExportType exportType() {
        return exportType;
    }

    @Override
    @JsonProperty("attributes")
    public @Nullable List<String> attributes() {
        return attributes;
    }

    @Override
    @JsonProperty("identifiers")
    public @Nullable List<String> identifiers() {
        return identifiers;
    }

    @Override
    @JsonProperty("filter")
    public @Nullable Filter filter() {
        return filter;
    }

    @Override
    @JsonAnyGetter
    @JsonInclude(content = JsonInclude.Include.ALWAYS)
    public Map<String, @Nullable Object> otherMembers() {
        return otherMembers;
    }

    /**
     * Which profiles were asked for.
     *
     * @param segment the code of a segment; null when the server did not send it
     * @param otherMembers members unknown to this version of the library, in the order they came
     */
    @JsonAutoDetect(
            getterVisibility = JsonAutoDetect.Visibility.NONE,
            isGetterVisibility = JsonAutoDetect.Visibility.NONE,
            fieldVisibility = JsonAutoDetect.Visibility.NONE,
            creatorVisibility = JsonAutoDetect.Visibility.NONE)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder("segment")
    public record Filter(@Nullable String segment, Map<String, @Nullable Object> otherMembers) {

        private static final List<String> KNOWN = List.of("segment");

        public Filter {
            otherMembers = UnknownMembers.copyOf(otherMembers, KNOWN);
        }

        @JsonCreator
        static Filter read(
                @JsonProperty("segment") @Nullable String segment,
                @JsonAnySetter @Nullable Map<String, @Nullable Object> otherMembers) {
            return new Filter(segment, otherMembers == null ? Map.of() : otherMembers);
        }

        @Override
        @JsonProperty("segment")
        public @Nullable String segment() {
            return segment;
        }

        @Override
        @JsonAnyGetter
        @JsonInclude(content = JsonInclude.Include.ALWAYS)
        public Map<String, @Nullable Object> otherMembers() {
            return otherMembers;
        }
    }
}
