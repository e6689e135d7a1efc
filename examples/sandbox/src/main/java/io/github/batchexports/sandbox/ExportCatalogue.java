package io.github.batchexports.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The exports of a sandbox, newest first: every status, several scopes and types, with no file, one and many, with and
 * without a segment, and some with members that the API's page does not show.
 */
final class ExportCatalogue {

    private static final List<String> STATUSES = List.of("CREATED", "PENDING", "RUNNING", "SUCCESS", "ERROR");
    private static final List<String> ATTRIBUTES = List.of(
            "$email_address",
            "$email_marketing",
            "$sms_marketing",
            "$region",
            "$phone_number",
            "$timezone",
            "$language",
            "firstname",
            "is_premium",
            "prénom",
            "last_purchase_at");
    private static final String ID_CHARACTERS = "0123456789abcdefghjkmnpqrstvwxyz";

    private final Random random;
    private final List<Map<String, Object>> exports;

    ExportCatalogue(long seed, int size, Instant now) {
        this.random = new Random(seed);
        Instant newest = now.truncatedTo(ChronoUnit.SECONDS);
        List<Map<String, Object>> made = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            made.add(export(i, newest.minus(Duration.ofMinutes(11L * i))));
        }
        this.exports = List.copyOf(made);
    }

    List<Map<String, Object>> exports() {
        return exports;
    }

    /** Those that are still on their way come first, as they do in life. */
    private Map<String, Object> export(int index, Instant requested) {
        String status = index < 10 ? STATUSES.get(index % 5) : random.nextInt(8) == 0 ? "ERROR" : "SUCCESS";
        boolean ended = status.equals("SUCCESS") || status.equals("ERROR");
        boolean started = ended || status.equals("RUNNING");
        Map<String, Object> export = new LinkedHashMap<>();
        export.put("id", "export_" + id());
        export.put("request_date", requested.toString());
        Instant start = requested.plusSeconds(1 + random.nextInt(30));
        if (ended) {
            export.put("completion_date", start.plusSeconds(random.nextInt(900)).toString());
        }
        if (started) {
            export.put("start_date", start.toString());
        }
        String type = type(index);
        export.put("scope", scope(type));
        export.put("status", status);
        export.put("files", files(status));
        export.put("request", request(type));
        if (index % 17 == 3) {
            export.put("label", "naïve \"Ünïcode\" 🙂 / \\ \t");
            export.put("trace", Map.of("deep", List.of(1, 2.50, true, Map.of("n", 12345678901234567L))));
        }
        return export;
    }

    private static String type(int index) {
        return switch (index % 7) {
            case 5 -> "EVENTS";
            case 6 -> "REACHABILITY";
            default -> "ATTRIBUTES";
        };
    }

    private static String scope(String type) {
        return switch (type) {
            case "EVENTS" -> "PROFILE_EVENTS";
            case "REACHABILITY" -> "REACHABILITY";
            default -> "PROFILE_ATTRIBUTES";
        };
    }

    private List<Object> files(String status) {
        List<Object> files = new ArrayList<>();
        int parts = status.equals("SUCCESS") ? Math.max(0, random.nextInt(6) - 1) : 0;
        for (int part = 1; part <= parts; part++) {
            String id = "file_" + id();
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("id", id);
            file.put("part", part);
            file.put("size", 1_000 + random.nextInt(100_000_000));
            file.put("url", "https://api.batch.com/2.4/exports/download?id=" + id);
            files.add(file);
        }
        return files;
    }

    private Map<String, Object> request(String type) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("export_type", type);
        if (type.equals("EVENTS")) {
            request.put("events", List.of("purchase", "signup"));
            request.put("from", "2026-01-01T00:00:00Z");
            request.put("to", "2026-02-01T00:00:00Z");
        } else {
            request.put("attributes", some(ATTRIBUTES));
        }
        request.put("identifiers", random.nextInt(4) == 0 ? List.of() : List.of("custom_id", "installation_ids"));
        if (random.nextInt(3) == 0) {
            request.put("filter", Map.of("segment", "SEGMENT-" + random.nextInt(20)));
        }
        return request;
    }

    private List<String> some(List<String> names) {
        return names.stream().filter(name -> random.nextBoolean()).toList();
    }

    private String id() {
        StringBuilder id = new StringBuilder(32);
        for (int i = 0; i < 32; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }
}
