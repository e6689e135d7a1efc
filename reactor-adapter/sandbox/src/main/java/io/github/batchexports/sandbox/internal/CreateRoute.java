package io.github.batchexports.sandbox.internal;

import io.github.batchexports.sandbox.internal.exports.ExportRegister;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /{version}/profiles/export}: creates an export, unless the API would refuse its definition. */
public final class CreateRoute implements Route {

    private static final Duration LOOK_BACK = Duration.ofDays(90);
    private static final Set<String> IDENTIFIERS_OF_ATTRIBUTES = Set.of("custom_id", "installation_ids");
    private static final Set<String> IDENTIFIERS = Set.of("custom_id", "installation_id");
    private static final Set<String> CHANNELS = Set.of("email", "push", "sms");

    private final ExportRegister exports;
    private final Duration takes;

    /**
     * Creates exports.
     *
     * @param takes how long one takes to its success
     */
    public CreateRoute(ExportRegister exports, Duration takes) {
        this.exports = exports;
        this.takes = takes;
    }

    @Override
    public Response answer(Query query) {
        Map<String, @Nullable Object> definition = Json.readObject(query.body());
        if (definition == null) {
            return malformed("The body must be a JSON object.");
        }
        definition.values().removeIf(value -> value == null);
        Response refusal = refusal(definition);
        return refusal == null ? Response.accepted(Map.of("id", exports.create(definition, takes))) : refusal;
    }

    private @Nullable Response refusal(Map<String, @Nullable Object> definition) {
        Object type = definition.get("export_type");
        if (type == null) {
            return missing("export_type is required.");
        }
        return switch (String.valueOf(type)) {
            case "ATTRIBUTES" -> ofAttributes(definition);
            case "EVENTS" -> ofPeriod(definition, "events", null);
            case "REACHABILITY" -> ofPeriod(definition, "channels", CHANNELS);
            default -> malformed("export_type must be ATTRIBUTES, EVENTS or REACHABILITY.");
        };
    }

    private static @Nullable Response ofAttributes(Map<String, @Nullable Object> definition) {
        if (isEmpty(definition.get("attributes")) && isEmpty(definition.get("identifiers"))) {
            return missing("attributes or identifiers is required.");
        }
        Response refusal = names(definition, "attributes", null);
        return refusal == null ? names(definition, "identifiers", IDENTIFIERS_OF_ATTRIBUTES) : refusal;
    }

    private @Nullable Response ofPeriod(
            Map<String, @Nullable Object> definition, String what, @Nullable Set<String> known) {
        for (String name : List.of(what, "from", "to")) {
            if (isEmpty(definition.get(name))) {
                return missing(name + " is required.");
            }
        }
        Response refusal = names(definition, what, known);
        if (refusal == null) {
            refusal = names(definition, "identifiers", IDENTIFIERS);
        }
        return refusal == null ? period(definition.get("from"), definition.get("to")) : refusal;
    }

    private @Nullable Response period(@Nullable Object from, @Nullable Object to) {
        Instant now = exports.now();
        Instant start = date(from);
        Instant end = "now".equals(to) ? now : date(to);
        if (start == null || end == null) {
            return malformed((start == null ? "from" : "to") + " must be a date of RFC 3339.");
        }
        if (start.isBefore(now.minus(LOOK_BACK))) {
            return malformed("from must be within the last 90 days.");
        }
        return end.isBefore(start) ? malformed("to must not be before from.") : null;
    }

    private static @Nullable Instant date(@Nullable Object value) {
        try {
            return Instant.parse(String.valueOf(value));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Response names(
            Map<String, @Nullable Object> definition, String name, @Nullable Set<String> known) {
        Object value = definition.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> names) || !names.stream().allMatch(String.class::isInstance)) {
            return malformed(name + " must be an array of strings.");
        }
        return known == null || known.containsAll(names)
                ? null
                : malformed(name + " must be among " + known.stream().sorted().toList() + ".");
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || value.equals("") || value.equals(List.of());
    }

    private static Response missing(String message) {
        return Response.refusal(400, "MISSING_PARAMETER", message);
    }

    private static Response malformed(String message) {
        return Response.refusal(400, "MALFORMED_PARAMETER", message);
    }
}
