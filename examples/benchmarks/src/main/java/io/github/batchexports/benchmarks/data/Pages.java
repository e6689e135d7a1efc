package io.github.batchexports.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bodies of a listing's pages: what is costly is made once, and a cursor is put at the end of it. */
public final class Pages {

    private static final long SEED = 20_260_227;

    private Pages() {}

    /** So many different bodies, each of so many exports, without their end. */
    public static List<byte[]> beginnings(Shape shape, int bodies, int pageSize) {
        ExportTexts exports = new ExportTexts(shape, SEED);
        List<byte[]> beginnings = new ArrayList<>(bodies);
        for (int body = 0; body < bodies; body++) {
            StringBuilder text = new StringBuilder("{\"exports\":[");
            for (int export = 0; export < pageSize; export++) {
                text.append(export == 0 ? "" : ",").append(exports.next());
            }
            text.append("],\"count\":").append(pageSize).append(',');
            beginnings.add(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return beginnings;
    }

    /** The end of a page after which a listing goes on at another, by its number. */
    public static byte[] endBefore(int nextPage) {
        return ("\"has_more\":true,\"next_from\":\"" + Cursor.of(nextPage) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** The end of the last page. */
    public static byte[] lastEnd() {
        return "\"has_more\":false}".getBytes(StandardCharsets.UTF_8);
    }

    /** So many whole pages. */
    public static List<byte[]> whole(Shape shape, int pages, int pageSize) {
        List<byte[]> whole = new ArrayList<>(pages);
        for (byte[] beginning : beginnings(shape, pages, pageSize)) {
            byte[] end = endBefore(whole.size() + 1);
            byte[] page = Arrays.copyOf(beginning, beginning.length + end.length);
            System.arraycopy(end, 0, page, beginning.length, end.length);
            whole.add(page);
        }
        return whole;
    }
}
