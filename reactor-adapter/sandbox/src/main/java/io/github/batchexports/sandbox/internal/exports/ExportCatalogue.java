package io.github.batchexports.sandbox.internal.exports;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes up the exports of a sandbox: every status, several scopes and types, with no file, one and many, with and
 * without a segment, and some with members that the API's page does not show.
 */
public final class ExportCatalogue {

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

    private final long seed;
    private final @Nullable Long fileBytes;

    public ExportCatalogue(long seed, @Nullable Long fileBytes) {
        this.seed = seed;
        this.fileBytes = fileBytes;
    }

    /** The exports of the start, newest first; those that are still on their way come first, as they do in life. */
    public List<Export> early(int size, Instant now) {
        Random random = new Random(seed);
        Instant newest = now.truncatedTo(ChronoUnit.SECONDS);
        List<Export> made = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            String status = i < 10 ? STATUSES.get(i % 5) : random.nextInt(8) == 0 ? "ERROR" : "SUCCESS";
            made.add(export(random, i, status, newest.minus(Duration.ofMinutes(11L * i)), now));
        }
        return List.copyOf(made);
    }

    /** The export of a number, just made; the same number gives the same one. */
    public Export fresh(long number, Instant requested) {
        SplittableRandom random = new SplittableRandom(seed * 0xD1342543DE82EF95L + number);
        return export(random, number, "CREATED", requested, requested);
    }

    /** An export that a call asked for; its id, and what is in its files, depend on the number alone. */
    Export created(long number, Instant requested, Map<String, Object> request, Duration takes) {
        Export like = fresh(number, requested);
        String scope = scope(String.valueOf(request.get("export_type")));
        return new Export(
                like.id(),
                like.requested(),
                ExportState.CREATED,
                requested,
                scope,
                like.files(),
                takes,
                request,
                Map.of());
    }

    private Export export(RandomGenerator random, long number, String status, Instant requested, Instant since) {
        String id = "export_" + id(random);
        Instant start = requested.plusSeconds(1 + random.nextInt(30));
        ExportState state = ExportState.CREATED.moved(status, start);
        if (state.ended()) {
            state = new ExportState(status, start, start.plusSeconds(random.nextInt(900)));
        }
        String type = type(number);
        List<ExportFile> files = state.succeeded() ? files(random, Math.max(0, random.nextInt(6) - 1)) : laterFiles(id);
        Map<String, Object> request = request(random, type);
        Map<String, Object> more = Math.floorMod(number, 17) == 3 ? more() : Map.of();
        Instant second = requested.truncatedTo(ChronoUnit.SECONDS);
        return new Export(id, second, state, since, scope(type), files, null, request, more);
    }

    private static Map<String, Object> more() {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("label", "naïve \"Ünïcode\" 🙂 / \\ \t");
        more.put("trace", Map.of("deep", List.of(1, 2.50, true, Map.of("n", 12345678901234567L))));
        return more;
    }

    private static String type(long number) {
        return switch (Math.floorMod(number, 7)) {
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

    /** The files of an export that had not succeeded when it was made: one or more, since people wait for them. */
    private List<ExportFile> laterFiles(String exportId) {
        SplittableRandom random = new SplittableRandom(~exportId.hashCode());
        return files(random, 1 + random.nextInt(4));
    }

    private List<ExportFile> files(RandomGenerator random, int parts) {
        List<ExportFile> files = new ArrayList<>();
        for (int part = 1; part <= parts; part++) {
            String id = "file_" + id(random);
            int size = 1_000 + random.nextInt(100_000_000);
            files.add(new ExportFile(id, part, fileBytes == null ? size : fileBytes));
        }
        return List.copyOf(files);
    }

    private static Map<String, Object> request(RandomGenerator random, String type) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("export_type", type);
        if (type.equals("EVENTS")) {
            request.put("events", List.of("purchase", "signup"));
            request.put("from", "2026-01-01T00:00:00Z");
            request.put("to", "2026-02-01T00:00:00Z");
        } else {
            request.put("attributes", some(random, ATTRIBUTES));
        }
        request.put("identifiers", random.nextInt(4) == 0 ? List.of() : List.of("custom_id", "installation_ids"));
        if (random.nextInt(3) == 0) {
            request.put("filter", Map.of("segment", "SEGMENT-" + random.nextInt(20)));
        }
        return request;
    }

    private static List<String> some(RandomGenerator random, List<String> names) {
        return names.stream().filter(name -> random.nextBoolean()).toList();
    }

    private static String id(RandomGenerator random) {
        StringBuilder id = new StringBuilder(32);
        for (int i = 0; i < 32; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }
}
