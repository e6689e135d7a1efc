package io.github.batchexports.sandbox.internal;

import io.github.batchexports.sandbox.internal.exports.CurrentExport;
import io.github.batchexports.sandbox.internal.exports.ExportRegister;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /{version}/exports/list}: a page of the exports. */
public final class ListRoute implements Route {

    private static final int DEFAULT_LIMIT = 10;

    private final ExportRegister exports;

    public ListRoute(ExportRegister exports) {
        this.exports = exports;
    }

    @Override
    public Response answer(Query query) {
        String limit = query.parameter("limit");
        if (limit != null && !limit.matches("[1-9][0-9]?|100")) {
            return Response.refusal(400, "MALFORMED_PARAMETER", "limit must be between 1 and 100.");
        }
        String from = query.parameter("from");
        int offset = from == null ? 0 : Cursor.offset(from);
        if (offset < 0) {
            return Response.refusal(400, "MALFORMED_PARAMETER", "from is not a cursor of this listing.");
        }
        return Response.of(page(offset, limit == null ? DEFAULT_LIMIT : Integer.parseInt(limit)));
    }

    private Map<String, Object> page(int offset, int limit) {
        List<CurrentExport> all = exports.current();
        int start = Math.min(offset, all.size());
        int end = Math.min(start + limit, all.size());
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(
                "exports",
                all.subList(start, end).stream().map(CurrentExport::json).toList());
        page.put("count", end - start);
        page.put("has_more", end < all.size());
        if (end < all.size()) {
            page.put("next_from", Cursor.of(end));
        }
        return page;
    }
}
