package io.github.batchexports.sandbox;

import io.github.batchexports.sandbox.internal.exports.ExportCatalogue;
import io.github.batchexports.sandbox.internal.exports.ExportRegister;
import io.github.batchexports.sandbox.internal.exports.Timeline;
import io.github.batchexports.sandbox.internal.storage.Cuts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link Sandbox}. Not thread-safe. */
public final class SandboxBuilder {

    Clock clock = Clock.systemUTC();
    Duration linkLifetime = Duration.ofMinutes(20);
    Duration exportTakes = Duration.ofSeconds(2);
    Set<String> apiVersions =
            IntStream.rangeClosed(2, 13).mapToObj(minor -> "2." + minor).collect(Collectors.toUnmodifiableSet());
    double requestsPerSecond;
    boolean ranges = true;
    int port;
    private long seed = 1;
    private int exports = 253;
    private Duration newExportEvery = Duration.ZERO;
    private @Nullable Long fileBytes;
    private int cuts;

    SandboxBuilder() {}

    private SandboxBuilder(SandboxBuilder other) {
        this.clock = other.clock;
        this.linkLifetime = other.linkLifetime;
        this.exportTakes = other.exportTakes;
        this.apiVersions = other.apiVersions;
        this.requestsPerSecond = other.requestsPerSecond;
        this.ranges = other.ranges;
        this.port = other.port;
        this.seed = other.seed;
        this.exports = other.exports;
        this.newExportEvery = other.newExportEvery;
        this.fileBytes = other.fileBytes;
        this.cuts = other.cuts;
    }

    /** What the exports are made from: the same seed and clock give the same exports; by default 1. */
    public SandboxBuilder seed(long value) {
        this.seed = value;
        return this;
    }

    /** Sets how many exports are made up, 0 or more; by default 253. A test that adds its own takes 0. */
    public SandboxBuilder exports(int count) {
        this.exports = count;
        return this;
    }

    /** Sets the API's port, 0 to 65535; by default 0, for a free one. */
    public SandboxBuilder port(int value) {
        this.port = value;
        return this;
    }

    /** Sets the versions that a path may have, by default 2.2 to 2.13; any other gets a 404. */
    public SandboxBuilder apiVersions(String... versions) {
        this.apiVersions = Set.of(versions);
        return this;
    }

    /**
     * Refuses a call that comes sooner after the one before, with 429; by default 0, for no limit. It is strict, and counts
     * real time.
     */
    public SandboxBuilder requestsPerSecond(double limit) {
        this.requestsPerSecond = limit;
        return this;
    }

    /**
     * Sets the clock from which dates, statuses and the expiry of links are computed. Nothing waits on it: moving it is
     * enough to see what comes later.
     */
    public SandboxBuilder clock(Clock value) {
        this.clock = value;
        return this;
    }

    /**
     * Makes the exports change over time: once per period a new export appears first in the list, and those that have not ended move on
     * from {@code CREATED} over {@code PENDING} and {@code RUNNING} to {@code SUCCESS} or {@code ERROR}, each step
     * taking between 0.3 and 1.5 times as long. Once there are 1,000 more than at the start, the oldest leave. By
     * default zero: nothing changes by itself.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public SandboxBuilder newExportEvery(Duration period) {
        this.newExportEvery = notNegative("newExportEvery", period);
        return this;
    }

    /**
     * Sets how long an export that a call created takes from {@code CREATED} over {@code PENDING} and {@code RUNNING} to
     * {@code SUCCESS}, by default 2 s. Zero: it has succeeded at once.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public SandboxBuilder exportTakes(Duration time) {
        this.exportTakes = notNegative("exportTakes", time);
        return this;
    }

    /** Sets how long a link to a file is valid, by default 20 minutes. */
    public SandboxBuilder linkLifetime(Duration lifetime) {
        this.linkLifetime = lifetime;
        return this;
    }

    /**
     * Sets the size of every made-up file in bytes, from 0 to many gigabytes; by default each has a size of its own below 101
     * MB.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public SandboxBuilder fileBytes(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("fileBytes must not be negative: " + size);
        }
        this.fileBytes = size;
        return this;
    }

    /**
     * Breaks the connection during each of the first {@code count} transfers of two bytes or more, at a byte that depends on
     * the seed: at least one byte arrives and at least one does not. By default 0.
     */
    public SandboxBuilder cutTransfers(int count) {
        this.cuts = count;
        return this;
    }

    /** Makes the storage ignore ranges and tags: it always sends the whole file. */
    public SandboxBuilder withoutRanges() {
        this.ranges = false;
        return this;
    }

    /** Starts both servers; fails if the port is in use. The builder can be used again. */
    public Sandbox start() {
        return new Sandbox(new SandboxBuilder(this));
    }

    ExportRegister register(Clock reset) {
        Instant now = reset.instant();
        ExportCatalogue catalogue = new ExportCatalogue(seed, fileBytes);
        return new ExportRegister(catalogue, catalogue.early(exports, now), new Timeline(now, newExportEvery), reset);
    }

    Cuts cuts() {
        return new Cuts(seed, cuts);
    }

    private static Duration notNegative(String name, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + time);
        }
        return time;
    }
}
