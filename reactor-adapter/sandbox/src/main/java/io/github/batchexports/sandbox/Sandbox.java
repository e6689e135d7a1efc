package io.github.batchexports.sandbox;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.sandbox.internal.Json;
import io.github.batchexports.sandbox.internal.LocalServer;
import io.github.batchexports.sandbox.internal.exports.ExportFile;
import io.github.batchexports.sandbox.internal.storage.Contents;
import io.github.batchexports.sandbox.internal.storage.FileContentStream;
import io.github.batchexports.sandbox.internal.storage.Sha256;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/**
 * A server on this machine that answers as the Exports API does, with made-up exports that depend on a seed alone, or
 * with a test's own. It checks both headers, pages by opaque cursors and refuses as the API refuses. Downloads lead to a
 * second server, the storage, which takes neither header. Close it at the end. Thread-safe.
 */
public final class Sandbox implements AutoCloseable {

    /** The only REST API key that it takes, until {@link #rotateRestApiKey}. */
    public static final String REST_API_KEY = "sandbox-rest-api-key";

    /** The only project key that it takes. */
    public static final String PROJECT_KEY = "project_sandbox";

    private final SandboxBuilder options;
    private final LocalServer storageServer;
    private final LocalServer apiServer;
    private volatile SandboxState state;

    Sandbox(SandboxBuilder options) {
        this.options = options;
        this.storageServer =
                new LocalServer(0, false, (request, response) -> now().storage.answer(request, response));
        this.state = new SandboxState(options, storageServer.url());
        this.apiServer = new LocalServer(
                options.port, true, (request, response) -> now().api.answer(request, response));
    }

    /** Starts a server with the defaults, on a free port. */
    public static Sandbox start() {
        return builder().start();
    }

    /** Chooses what the server has and how it answers. */
    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    private SandboxState now() {
        return state;
    }

    /** Where it is, without a slash at the end. */
    public String baseUrl() {
        return apiServer.url();
    }

    /** Where its files are, without a slash at the end: a second server, on a port of its own. */
    public String storageUrl() {
        return storageServer.url();
    }

    /** Restores the initial exports, clock, key, faults, limit, links and counts; both URLs stay the same. */
    public void reset() {
        state = new SandboxState(options, storageServer.url());
    }

    /** How many calls the API got so far, refused ones and those without a route included; none of the storage's. */
    public int calls() {
        return state.apiCalls.calls();
    }

    /** How many of its calls were to {@code list}, refused ones included. */
    public int listCalls() {
        return state.api.calls("GET exports/list");
    }

    /** How many of its calls were to {@code view}, refused ones included. */
    public int viewCalls() {
        return state.api.calls("GET exports/view");
    }

    /** How many of its calls were to {@code download}, refused ones included. */
    public int downloadCalls() {
        return state.api.calls("GET exports/download");
    }

    /** How many of its calls were to create an export, refused ones included. */
    public int createCalls() {
        return state.api.calls("POST profiles/export");
    }

    /** How many calls it refused with 429 so far, those of {@link #failNext} not counted. */
    public int refusedForRate() {
        return state.api.refusedForRate();
    }

    /** How many calls the storage got so far, refused ones included. */
    public int storageCalls() {
        return state.storageCalls.calls();
    }

    /** How many calls the storage refused since they carried a header that is for the API alone. */
    public int storageRefusals() {
        return state.storage.refusals();
    }

    /** The latest 1,000 calls that the API got, in the order in which they came; refused ones included. */
    public List<RecordedCall> recordedCalls() {
        return state.apiCalls.latest().stream().map(RecordedCall::new).toList();
    }

    /** The latest 1,000 calls that the storage got, in the order in which they came; refused ones included. */
    public List<RecordedCall> recordedTransfers() {
        return state.storageCalls.latest().stream().map(RecordedCall::new).toList();
    }

    /** All its exports in the order of the listing, each as the JSON object that it sends. */
    public List<String> exports() {
        return state.exports.current().stream()
                .map(export -> Json.write(export.json()))
                .toList();
    }

    /**
     * An export as it is sent now.
     *
     * @throws IllegalArgumentException when there is no such export
     */
    public ExportRequest export(String exportId) {
        return ExportRequest.of(state.exports.get(exportId).json());
    }

    /**
     * Puts a new made-up export in front of all others, with the status {@code CREATED}. It moves on by itself in a
     * sandbox that lives, and else when {@link #setStatus} says so.
     *
     * @return its id
     */
    public String addExport() {
        return state.exports.add();
    }

    /**
     * Puts a test's own export in front of all others, as it is: members are not made up, dates and order are not checked.
     * It keeps its status until {@link #setStatus}. Its files are sent, and can be downloaded, while it is
     * {@code SUCCESS}; a file without an id, a part or a URL gets one, and so many made-up bytes as its size says:
     * none, and the size 0, without one.
     *
     * @return the export as it is sent now
     * @throws IllegalArgumentException when there is one with its id
     */
    public ExportRequest add(ExportRequest export) {
        return ExportRequest.of(state.exports.add(export).json());
    }

    /**
     * Adds a file with these lines to an export, each ended by a line feed. The first one takes the place of the files that
     * were made up. They are sent, and can be downloaded, while the export is {@code SUCCESS}.
     *
     * @return the file's id
     * @throws IllegalArgumentException when there is no such export
     */
    public String addFile(String exportId, String... lines) {
        SandboxState current = state;
        byte[] bytes = Contents.bytes(List.of(lines));
        String id = current.exports.addFile(exportId, bytes.length).id();
        current.contents.put(id, bytes);
        return id;
    }

    /**
     * Gives an export a status that it keeps from now on; one that becomes {@code SUCCESS} has files then.
     *
     * @throws IllegalArgumentException when there is no such export
     */
    public void setStatus(String exportId, ExportStatus status) {
        state.exports.setStatus(exportId, status.text());
    }

    /** As {@link #setStatus(String, ExportStatus)}, by the status' text. */
    public void setStatus(String exportId, String status) {
        setStatus(exportId, ExportStatus.of(status));
    }

    /**
     * The ids of the files that an export has now: none before it is {@code SUCCESS}.
     *
     * @throws IllegalArgumentException when there is no such export
     */
    public List<String> fileIds(String exportId) {
        return state.exports.get(exportId).files().stream().map(ExportFile::id).toList();
    }

    /**
     * What the storage sends for a file, made as it is read. Skipping bytes costs nothing, even in a large file.
     *
     * @throws IllegalArgumentException when no export has such a file now
     */
    public InputStream fileContent(String fileId) {
        SandboxState current = state;
        ExportFile file = current.exports.file(fileId);
        if (file == null) {
            throw new IllegalArgumentException("There is no file " + fileId + ".");
        }
        return new FileContentStream(current.contents.of(file));
    }

    /**
     * The SHA-256 of what the storage sends for a file, in lower-case hexadecimal digits.
     *
     * @throws IllegalArgumentException when no export has such a file now
     */
    public String fileSha256(String fileId) {
        return Sha256.of(fileContent(fileId));
    }

    /** From now on the storage answers 403 to every link that was handed out so far. */
    public void expireLinks() {
        state.links.expireAll();
    }

    /**
     * Moves this sandbox's clock forward. Waits in real time are not affected: delays of faults, rate limits and the
     * client's own timers.
     */
    public void advance(Duration time) {
        state.clock.advance(time);
    }

    /**
     * From now on refuses calls that come sooner after the one before, with 429. Strict, and in real time.
     *
     * @param requestsPerSecond 0 or less for no limit
     */
    public void limitRate(double requestsPerSecond) {
        state.api.limitRate(requestsPerSecond);
    }

    /** From now on takes this REST API key and no other. Never use a real one. */
    public void rotateRestApiKey(String key) {
        state.credentials.rotate(key);
    }

    /** As {@link #failNext(int, Fault)}, for one call. */
    public void failNext(Fault fault) {
        failNext(1, fault);
    }

    /**
     * The next calls of the API get this fault, after those of earlier scripts: each call that has a route takes one, also
     * one that would be refused.
     */
    public void failNext(int calls, Fault fault) {
        state.apiFaults.add(calls, fault.disturbance());
    }

    /** The next calls of the storage get this fault, after those of earlier scripts. */
    public void failNextTransfers(int calls, Fault fault) {
        state.storageFaults.add(calls, fault.disturbance());
    }

    @Override
    public void close() {
        apiServer.close();
        storageServer.close();
    }
}
