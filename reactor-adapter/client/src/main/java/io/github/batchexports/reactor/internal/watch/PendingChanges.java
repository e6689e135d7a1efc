package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportChange.Kind;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.WatchOptions;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last state of each export that one subscriber of a watch got, and the states that wait. A newer state replaces the one
 * that waits, so that memory is bounded by the number of exports.
 */
final class PendingChanges implements Pending<ExportChange> {

    /** A state of an export, or that it was removed in this state. */
    private record State(ExportRequest export, boolean isInitial, boolean isRemoved) {}

    private final WatchOptions options;

    // Guarded by this.
    private final Map<String, ExportRequest> seen = new HashMap<>();
    private final Map<String, State> waiting = new LinkedHashMap<>();
    private boolean isInitial = true;
    private long pollsBefore;

    // Used only by the drain. What the filter lets through is tested once, but again when it returns later.
    private @Nullable State matched;

    PendingChanges(WatchOptions options) {
        this.options = options;
    }

    @Override
    public synchronized void admitted(List<ExportRequest> known, long pollsBegun) {
        pollsBefore = pollsBegun;
        changed(known);
    }

    @Override
    public synchronized void changed(List<ExportRequest> exports) {
        for (ExportRequest export : exports) {
            if (isInitial && !options.emitInitial()) {
                seen.put(export.id(), export);
            } else {
                State before = waiting.get(export.id());
                waiting.put(export.id(), new State(export, before == null ? isInitial : before.isInitial, false));
            }
        }
    }

    @Override
    public synchronized void removed(List<ExportRequest> exports) {
        for (ExportRequest export : exports) {
            if (isInitial && !options.emitInitial()) {
                seen.remove(export.id());
            } else if (seen.containsKey(export.id())) {
                waiting.put(export.id(), new State(export, false, true));
            } else {
                waiting.remove(export.id());
            }
        }
    }

    /** After a poll that began since the subscriber came, an unknown export is a new one; an older poll may miss some. */
    @Override
    public synchronized void pollEnded(long number, boolean isChange, Supplier<ExportSnapshot> snapshot) {
        isInitial &= number <= pollsBefore;
    }

    /** Whether the filter lets one of the waiting states through. Those before it are settled. */
    @Override
    public boolean hasNext() {
        State first = firstChanged();
        while (first != null && !first.equals(matched)) {
            if (matches(first)) {
                matched = first;
            } else {
                settle(first);
                first = firstChanged();
            }
        }
        return first != null;
    }

    private boolean matches(State state) {
        ExportRequest before = seen(state.export.id());
        return options.filter().test(state.export)
                || (before != null && options.filter().test(before));
    }

    private synchronized @Nullable ExportRequest seen(String id) {
        return seen.get(id);
    }

    private synchronized @Nullable State firstChanged() {
        Iterator<State> states = waiting.values().iterator();
        while (states.hasNext()) {
            State state = states.next();
            if (change(state) != null) {
                return state;
            }
            states.remove();
        }
        return null;
    }

    @Override
    public @Nullable ExportChange take() {
        State taken = matched;
        matched = null;
        return taken == null ? null : settle(taken);
    }

    /** Null if another state has replaced it meanwhile. */
    private synchronized @Nullable ExportChange settle(State state) {
        String id = state.export.id();
        if (!waiting.remove(id, state)) {
            return null;
        }
        ExportChange change = change(state);
        if (state.isRemoved) {
            seen.remove(id);
        } else {
            seen.put(id, state.export);
        }
        return change;
    }

    /** Null if it is the state that was delivered last. */
    private @Nullable ExportChange change(State state) {
        ExportRequest before = seen.get(state.export.id());
        if (state.isRemoved || (before == null && state.isInitial)) {
            return ExportChange.builder()
                    .previous(before == null ? null : before.status())
                    .kind(state.isRemoved ? Kind.REMOVED : Kind.INITIAL)
                    .export(state.export)
                    .build();
        }
        return ExportChange.between(before, state.export);
    }

    @Override
    public synchronized void clear() {
        waiting.clear();
    }
}
