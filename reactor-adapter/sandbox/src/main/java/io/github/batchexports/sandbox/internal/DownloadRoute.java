package io.github.batchexports.sandbox.internal;

import io.github.batchexports.sandbox.internal.exports.ExportFile;
import io.github.batchexports.sandbox.internal.exports.ExportRegister;
import io.github.batchexports.sandbox.internal.storage.Links;

/** {@code GET /{version}/exports/download?id=}: a redirect to a signed link of the storage. */
public final class DownloadRoute implements Route {

    private final ExportRegister exports;
    private final Links links;
    private final String storageUrl;

    public DownloadRoute(ExportRegister exports, Links links, String storageUrl) {
        this.exports = exports;
        this.links = links;
        this.storageUrl = storageUrl;
    }

    @Override
    public Response answer(Query query) {
        String id = query.parameter("id");
        if (id == null) {
            return Response.refusal(400, "MISSING_PARAMETER", "id is required.");
        }
        ExportFile file = exports.file(id);
        return file == null
                ? Response.refusal(404, "FILE_NOT_FOUND", "There is no file with this id.")
                : Response.redirect(storageUrl + links.to(file));
    }
}
