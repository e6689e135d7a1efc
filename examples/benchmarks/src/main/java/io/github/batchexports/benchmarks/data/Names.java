package io.github.batchexports.benchmarks.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What one project's exports draw from.
 *
 * @param attributes sixty names
 * @param segment what the codes of segments begin with
 * @param link what links have in their path
 */
record Names(List<String> attributes, String segment, String link) {

    static final Names PLAIN = new Names(
            sixty(List.of(
                    "email",
                    "phone",
                    "country",
                    "city",
                    "plan",
                    "store",
                    "visits",
                    "orders",
                    "basket",
                    "loyalty",
                    "language",
                    "device")),
            "SEGMENT",
            "download");

    static final Names WORLDWIDE = new Names(
            sixty(List.of(
                    "prénom",
                    "téléphone",
                    "größe",
                    "straße",
                    "город",
                    "имя",
                    "名前",
                    "電話番号",
                    "국가",
                    "πόλη",
                    "ملف",
                    "🙂_mood")),
            "SEGMENT-d'été-夏",
            "téléchargé-夏");

    private static List<String> sixty(List<String> twelve) {
        List<String> all = new ArrayList<>();
        for (String stem : twelve) {
            all.add("$" + stem);
            List.of("_last", "_first_seen_at", "_count", "_is_verified").forEach(ending -> all.add(stem + ending));
        }
        return List.copyOf(all);
    }
}
