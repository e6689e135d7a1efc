package io.github.batchexports.benchmarks.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Exports as JSON, each another, the same for the same seed. Ids, links, sizes and dates do not repeat; attributes, segments,
 * scopes and statuses do, as they do in one project's exports.
 */
final class ExportTexts {

    private static final String ID_CHARACTERS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Instant NEWEST = Instant.parse("2026-02-27T14:18:50Z");

    private final Shape shape;
    private final Names names;
    private final Random random;
    private long minutes;

    ExportTexts(Shape shape, long seed) {
        this.shape = shape;
        this.names = shape.worldwide ? Names.WORLDWIDE : Names.PLAIN;
        this.random = new Random(seed);
    }

    String next() {
        Instant requested = NEWEST.minusSeconds(60 * minutes++ + random.nextInt(60));
        Instant started = requested.plusSeconds(1 + random.nextInt(40));
        String type = random.nextInt(5) == 0 ? "EVENTS" : "ATTRIBUTES";
        JsonText export = new JsonText(shape.escapes)
                .raw("{")
                .member("id", "export_" + id())
                .member("request_date", requested.toString())
                .member("scope", "PROFILE_" + type)
                .member("status", random.nextInt(10) == 0 ? "ERROR" : "SUCCESS");
        request(export, type);
        export.member(
                        "completion_date",
                        started.plusSeconds(random.nextInt(900)).toString())
                .member("start_date", started.toString());
        files(export);
        if (shape.unknownMembers) {
            export.member("label", "export no. " + random.nextInt())
                    .name("progress")
                    .raw("{\"percent\":" + random.nextInt(10_000) / 100.0 + ",\"profiles\":" + random.nextInt()
                            + ",\"steps\":[{\"name\":\"collect\",\"done\":true},{\"name\":\"write\",\"done\":null}]}");
        }
        return export.raw("}").toString();
    }

    private void request(JsonText export, String type) {
        export.name("request")
                .raw("{")
                .member("export_type", type)
                .name("attributes")
                .strings(attributes())
                .name("identifiers")
                .strings(List.of("installation_ids", "custom_id"));
        if (random.nextInt(3) == 0) {
            export.name("filter").raw("{").member("segment", names.segment() + "-" + random.nextInt(20));
            export.raw("}");
        }
        if (shape.unknownMembers) {
            export.name("options").raw("{\"compression\":\"gzip\",\"limit\":" + random.nextInt(1_000_000) + "}");
        }
        export.raw("}");
    }

    private List<String> attributes() {
        List<String> shuffled = new ArrayList<>(names.attributes());
        Collections.shuffle(shuffled, random);
        int spread = shape.mostAttributes - shape.fewestAttributes + 1;
        return shuffled.subList(0, shape.fewestAttributes + random.nextInt(spread));
    }

    private void files(JsonText export) {
        export.name("files").raw("[");
        for (int part = 1; part <= shape.files; part++) {
            String id = "file_" + id();
            export.raw(part == 1 ? "{" : ",{")
                    .member("id", id)
                    .name("part")
                    .raw(Integer.toString(part))
                    .name("size")
                    .raw(Integer.toString(1_000 + random.nextInt(100_000_000)))
                    .member("url", "https://api.batch.com/2.4/exports/" + names.link() + "?id=" + id);
            if (shape.unknownMembers) {
                export.member("checksum", id()).name("encrypted").raw("false");
            }
            export.raw("}");
        }
        export.raw("]");
    }

    private String id() {
        StringBuilder id = new StringBuilder(32);
        for (int i = 0; i < 32; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }
}
