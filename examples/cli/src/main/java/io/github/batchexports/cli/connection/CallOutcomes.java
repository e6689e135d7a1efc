package io.github.batchexports.cli.connection;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;

/** Hears how calls end, for those who wait for something and shall not take an outage for a long wait. */
public final class CallOutcomes implements ObservationHandler<Observation.Context> {

    private volatile boolean succeeded;
    private volatile @Nullable String lastFailure;

    CallOutcomes() {}

    @Override
    public boolean supportsContext(Observation.Context context) {
        return AttemptLog.REQUEST.equals(context.getName());
    }

    @Override
    public void onStop(Observation.Context context) {
        switch (AttemptLog.value(context, "outcome")) {
            case "SUCCESS" -> succeeded = true;
            case "CANCELLED" -> {} // by the end of the wait
            default -> lastFailure = AttemptLog.end(context);
        }
    }

    /** How the last call failed, in words; null if one has succeeded, or none has ended. */
    public @Nullable String failure() {
        return succeeded ? null : lastFailure;
    }
}
