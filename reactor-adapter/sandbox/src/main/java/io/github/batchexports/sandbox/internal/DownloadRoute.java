package io.github.batchexports.sandbox.internal;

import io.github.batchexports.sandbox.internal.storage.Links;
import io.github.batchexports.sandbox.internal.storage.Storage;

/** {@code GET /{version}/exports/download?id=}: a redirect to a signed link of the storage. */
public final class DownloadRoute implements Route {

    private final ExportRegister exports;
    private final Links links;
    private final Storage storage;

    public DownloadRoute(ExportRegister exports, Links links, Storage storage) {
        this.exports = exports;
        this.links = links;
        this.storage = storage;
    }

    @Override
    public Answer answer(Query query) {
        String id = query.parameter("id");
        if (id == null) {
            return Answer.refusal(400, "MISSING_PARAMETER", "id is required.");
        }
        ExportFile file = exports.file(id);
        return file == null
                ? Answer.refusal(404, "FILE_NOT_FOUND", "There is no file with this id.")
                : Answer.redirect(storage.url() + links.to(file));
    }
}
