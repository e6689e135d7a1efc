package io.github.batchexports.cli.fleet;

import io.github.batchexports.cli.StrictLimiter.Arrival;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The calls of a fleet as the limiter saw them, in order. */
final class Calls {

    private final List<Arrival> all;
    private final double perSecond;

    Calls(List<Arrival> arrivals, double perSecond) {
        this.all = arrivals.stream()
                .sorted(Comparator.comparingLong(Arrival::millis))
                .toList();
        this.perSecond = perSecond;
    }

    int count() {
        return all.size();
    }

    long refused() {
        return all.stream().filter(Arrival::refused).count();
    }

    /** The most that one connection was refused. */
    long refusedOfOne() {
        Map<Integer, Long> refused = new HashMap<>();
        all.stream().filter(Arrival::refused).forEach(call -> refused.merge(call.client(), 1L, Long::sum));
        return refused.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** From the first to the last. */
    double seconds() {
        return (all.get(all.size() - 1).millis() - all.get(0).millis()) / 1_000.0;
    }

    /** Of the limit, from the first call to the last. */
    double used() {
        return used(0, all.size() - 1);
    }

    /** Of the limit, from the first call of whoever came last to the last call of whoever was done first. */
    double usedByAll() {
        List<List<Integer>> callsByClient = callsByClient();
        int first = callsByClient.stream().mapToInt(of -> of.get(0)).max().orElseThrow();
        int last = callsByClient.stream()
                .mapToInt(of -> of.get(of.size() - 1))
                .min()
                .orElseThrow();
        return first < last ? used(first, last) : Double.NaN;
    }

    private double used(int first, int last) {
        long accepted = all.subList(first, last + 1).stream()
                .filter(call -> !call.refused())
                .count();
        double seconds = (all.get(last).millis() - all.get(first).millis()) / 1_000.0;
        return (accepted - 1) / perSecond / seconds;
    }

    /** How often somebody called twice between two calls of another, who waited all that time. */
    int overtaken() {
        int count = 0;
        List<List<Integer>> callsByClient = callsByClient();
        for (List<Integer> one : callsByClient) {
            for (List<Integer> other : callsByClient) {
                count += one == other ? 0 : overtaken(one, other);
            }
        }
        return count;
    }

    private static int overtaken(List<Integer> waiting, List<Integer> other) {
        int count = 0;
        for (int i = 1; i < waiting.size(); i++) {
            int from = waiting.get(i - 1);
            int to = waiting.get(i);
            count += other.stream().filter(call -> call > from && call < to).count() > 1 ? 1 : 0;
        }
        return count;
    }

    /** The places of each connection's calls among all. */
    private List<List<Integer>> callsByClient() {
        Map<Integer, List<Integer>> callsByClient = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            callsByClient
                    .computeIfAbsent(all.get(i).client(), client -> new ArrayList<>())
                    .add(i);
        }
        return List.copyOf(callsByClient.values());
    }

    /** Who called, by a letter for each connection, a refused call by a small one. */
    private String order() {
        Map<Integer, Character> names = new HashMap<>();
        StringBuilder order = new StringBuilder();
        for (Arrival call : all) {
            char name = names.computeIfAbsent(call.client(), client -> (char) ('A' + names.size()));
            order.append(call.refused() ? Character.toLowerCase(name) : name);
        }
        return order.toString();
    }

    String gaps() {
        StringBuilder gaps = new StringBuilder();
        for (int i = 1; i < all.size(); i++) {
            gaps.append(i == 1 ? "" : " ")
                    .append(all.get(i).millis() - all.get(i - 1).millis());
        }
        return gaps.toString();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "calls %d, refused %d (of one %d), used %.4f, while all called %.4f, overtaken %d, order %s",
                count(),
                refused(),
                refusedOfOne(),
                used(),
                usedByAll(),
                overtaken(),
                order());
    }
}
