package io.github.batchexports.sandbox.internal;

import io.github.batchexports.sandbox.internal.exports.CurrentExport;
import io.github.batchexports.sandbox.internal.exports.ExportRegister;

/** {@code GET /{version}/exports/view?id=}: one export, the same object as in the list. */
public final class ViewRoute implements Route {

    private final ExportRegister exports;

    public ViewRoute(ExportRegister exports) {
        this.exports = exports;
    }

    @Override
    public Response answer(Query query) {
        String id = query.parameter("id");
        if (id == null) {
            return Response.refusal(400, "MISSING_PARAMETER", "id is required.");
        }
        CurrentExport export = exports.find(id);
        return export == null
                ? Response.refusal(404, "EXPORT_NOT_FOUND", "There is no export with this id.")
                : Response.of(export.json());
    }
}
