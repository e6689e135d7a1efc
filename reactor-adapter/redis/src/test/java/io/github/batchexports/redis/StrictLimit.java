package io.github.batchexports.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A server's rate limit without bursts: a call that comes too soon after the last accepted one is refused. */
final class StrictLimit {

    private final long distance;
    private final List<Call> calls = new ArrayList<>();
    private long last = Long.MIN_VALUE;

    /** One call: by which instance, when, and whether it was refused. */
    record Call(String instance, long time, boolean refused) {}

    StrictLimit(double perSecond) {
        this.distance = (long) (1e9 / perSecond);
    }

    synchronized boolean lets(String instance) {
        long now = System.nanoTime();
        boolean refused = last != Long.MIN_VALUE && now - last < distance;
        if (!refused) {
            last = now;
        }
        calls.add(new Call(instance, now, refused));
        return !refused;
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    synchronized long refused() {
        return calls.stream().filter(Call::refused).count();
    }

    /** Which part of the limit was used, between the first call and the last. */
    synchronized double used() {
        long accepted = calls.size() - refused();
        return (accepted - 1)
                * (double) distance
                / (calls.get(calls.size() - 1).time() - calls.get(0).time());
    }

    /** How often somebody called twice between two calls of another, who waited all that time. */
    synchronized long overtaken() {
        long count = 0;
        for (int i = 0; i < calls.size(); i++) {
            Set<String> once = new HashSet<>();
            Set<String> twice = new HashSet<>();
            String waiting = calls.get(i).instance();
            int next = i + 1;
            while (next < calls.size() && !calls.get(next).instance().equals(waiting)) {
                String other = calls.get(next++).instance();
                if (!once.add(other)) {
                    twice.add(other);
                }
            }
            count += next < calls.size() ? twice.size() : 0;
        }
        return count;
    }

    synchronized String figures() {
        return String.format(
                "calls %d, refused %d, used %.3f, overtaken %d, ms between: %s",
                calls.size(), refused(), used(), overtaken(), gaps());
    }

    private String gaps() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < calls.size(); i++) {
            text.append(calls.get(i).instance())
                    .append(' ')
                    .append(TimeUnit.NANOSECONDS.toMillis(
                            calls.get(i).time() - calls.get(i - 1).time()))
                    .append(calls.get(i).refused() ? "! " : " ");
        }
        return text.toString();
    }
}
