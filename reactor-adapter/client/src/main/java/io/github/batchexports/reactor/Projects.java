package io.github.batchexports.reactor;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The projects that clients share, by key. A project that no client holds any more can be collected, so that an application
 * that keeps making clients for new projects does not fill the heap; the last {@link #KEPT} are kept all the same, since a
 * project's pace has to outlive a client that is made for one call.
 */
final class Projects {

    static final int KEPT = 256;

    // Both guarded by this.
    private final Map<String, WeakReference<Project>> all = new HashMap<>();
    private final Map<String, Project> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Project> eldest) {
            return size() > KEPT;
        }
    };

    /** Returns the project of this key, made if there is none, under no lock: the application's code makes its pacer. */
    Project get(String key, Supplier<Project> maker) {
        Project known = find(key);
        return known != null ? known : putIfAbsent(key, maker.get());
    }

    private synchronized @Nullable Project find(String key) {
        WeakReference<Project> reference = all.get(key);
        Project project = reference == null ? null : reference.get();
        if (project != null) {
            recent.put(key, project);
        }
        return project;
    }

    private synchronized Project putIfAbsent(String key, Project made) {
        Project known = find(key);
        if (known != null) {
            return known;
        }
        all.values().removeIf(reference -> reference.get() == null);
        all.put(key, new WeakReference<>(made));
        recent.put(key, made);
        return made;
    }

    synchronized int size() {
        return all.size();
    }
}
