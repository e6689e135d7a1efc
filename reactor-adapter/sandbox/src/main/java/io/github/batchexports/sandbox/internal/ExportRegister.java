package io.github.batchexports.sandbox.internal;

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
    String create(Map<String, Object> request, Duration takes) {
        return add(catalogue.created(-addedSoFar.incrementAndGet(), clock.instant(), request, takes));
    }

    Instant now() {
        return clock.instant();
    }

    private String add(Export export) {
        synchronized (added) {
            added.add(0, export);
            if (added.size() > most) {
                set.remove(added.remove(most).id());
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
        return new CurrentExport(export, state == null ? timeline.state(export, now) : state);
    }

    private List<Export> fresh(Instant now) {
        List<Export> fresh = new ArrayList<>(added);
        long last = timeline.appeared(now);
        for (long number = last; number > Math.max(0, last - most); number--) {
            fresh.add(appeared(number));
        }
        fresh.sort(Comparator.comparing(Export::requested, Comparator.reverseOrder()));
        return fresh;
    }

    /** Kept, since making one costs more than all else in a call; two that share a slot never count at once. */
    private Export appeared(long number) {
        int slot = (int) (number % most);
        Instant appearance = timeline.appearance(number);
        Export export = appeared.get(slot);
        if (export == null || !export.requested().equals(appearance)) {
            export = catalogue.fresh(number, appearance);
            appeared.set(slot, export);
        }
        return export;
    }
}
