package io.github.batchexports.sandbox.internal.exports;

import io.github.batchexports.ExportRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which exports there are now and how far each is: those of the start, those that have appeared since, and those that a
 * test has added or moved by hand.
 */
public final class ExportRegister {

    /** How many exports there may be beyond those of the start; then the oldest leave. */
    static final int ROOM_TO_GROW = 1_000;

    private final ExportCatalogue catalogue;
    private final Timeline timeline;
    private final Clock clock;
    private final List<Export> early;
    private final int most;
    private final AtomicReferenceArray<@Nullable Export> appeared;
    private final List<Export> added = new CopyOnWriteArrayList<>();
    private final AtomicLong addedSoFar = new AtomicLong();
    private final Map<String, ExportState> set = new ConcurrentHashMap<>();
    private final Map<String, List<ExportFile>> ownFiles = new ConcurrentHashMap<>();

    public ExportRegister(ExportCatalogue catalogue, List<Export> early, Timeline timeline, Clock clock) {
        this.catalogue = catalogue;
        this.early = early;
        this.timeline = timeline;
        this.clock = clock;
        this.most = early.size() + ROOM_TO_GROW;
        this.appeared = new AtomicReferenceArray<>(most);
    }

    /** All exports, newest first, as they are now. An export's state is reckoned when it is taken from the list. */
    public List<CurrentExport> current() {
        Instant now = clock.instant();
        List<Export> fresh = fresh(now);
        int size = Math.min(most, fresh.size() + early.size());
        return new AbstractList<>() {
            @Override
            public CurrentExport get(int index) {
                return at(index < fresh.size() ? fresh.get(index) : early.get(index - fresh.size()), now);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    @Nullable
    public CurrentExport find(String id) {
        for (CurrentExport export : current()) {
            if (export.export().id().equals(id)) {
                return export;
            }
        }
        return null;
    }

    /**
     * The export with an id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public CurrentExport get(String id) {
        CurrentExport export = find(id);
        if (export == null) {
            throw new IllegalArgumentException("There is no export " + id + ".");
        }
        return export;
    }

    /** A file of an export that has succeeded, or null when there is none with this id. */
    @Nullable
    public ExportFile file(String id) {
        for (CurrentExport export : current()) {
            for (ExportFile file : export.files()) {
                if (file.id().equals(id)) {
                    return file;
                }
            }
        }
        return null;
    }

    public String add() {
        return add(catalogue.fresh(-addedSoFar.incrementAndGet(), clock.instant()));
    }

    /** Adds an export that a call asked for, which goes on to its success by the clock. */
    public String create(Map<String, Object> request, Duration takes) {
        return add(catalogue.created(-addedSoFar.incrementAndGet(), clock.instant(), request, takes));
    }

    public Instant now() {
        return clock.instant();
    }

    /**
     * Adds a test's own export, whose status stays until it is set.
     *
     * @throws IllegalArgumentException when there is one with its id
     */
    public CurrentExport add(ExportRequest export) {
        if (find(export.id()) != null) {
            throw new IllegalArgumentException("There is an export " + export.id() + " already.");
        }
        Export own = OwnExports.of(export, clock.instant());
        set.put(own.id(), own.first());
        ownFiles.put(own.id(), own.files());
        return get(add(own));
    }

    /**
     * Adds a test's own file to an export, in place of those that were made up.
     *
     * @throws IllegalArgumentException when there is no such export
     */
    public ExportFile addFile(String exportId, long size) {
        get(exportId);
        List<ExportFile> files =
                ownFiles.merge(exportId, List.of(OwnExports.file(exportId, 1, size)), (before, first) -> {
                    List<ExportFile> more = new ArrayList<>(before);
                    more.add(OwnExports.file(exportId, highestPart(before) + 1, size));
                    return List.copyOf(more);
                });
        return files.get(files.size() - 1);
    }

    private static int highestPart(List<ExportFile> files) {
        return files.stream().mapToInt(ExportFile::part).max().orElse(0);
    }

    private String add(Export export) {
        synchronized (added) {
            added.add(0, export);
            if (added.size() > most) {
                String leaving = added.remove(most).id();
                set.remove(leaving);
                ownFiles.remove(leaving);
            }
        }
        return export.id();
    }

    /** Gives an export a status that it keeps. */
    public void setStatus(String id, String status) {
        set.put(id, get(id).state().moved(status, clock.instant()));
    }

    private CurrentExport at(Export export, Instant now) {
        ExportState state = set.get(export.id());
        return new CurrentExport(
                export, state == null ? timeline.state(export, now) : state, ownFiles.get(export.id()));
    }

    private List<Export> fresh(Instant now) {
        List<Export> fresh = new ArrayList<>(added);
        long last = timeline.appeared(now);
        for (long number = last; number > Math.max(0, last - most); number--) {
            fresh.add(appeared(number));
        }
        fresh.sort(Comparator.comparing(Export::since, Comparator.reverseOrder()));
        return fresh;
    }

    /** Kept, since making one costs more than all else in a call; two that share a slot never count at once. */
    private Export appeared(long number) {
        int slot = (int) (number % most);
        Instant appearance = timeline.appearance(number);
        Export export = appeared.get(slot);
        if (export == null || !export.since().equals(appearance)) {
            export = catalogue.fresh(number, appearance);
            appeared.set(slot, export);
        }
        return export;
    }
}
