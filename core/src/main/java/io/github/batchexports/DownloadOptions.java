package io.github.batchexports;

import java.util.Objects;
import java.util.function.LongConsumer;

/** How a file is saved. */
public final class DownloadOptions {

    private final boolean overwrite;
    private final LongConsumer onProgress;

    private DownloadOptions(Builder builder) {
        this.overwrite = builder.overwrite;
        this.onProgress = builder.onProgress;
    }

    /** Starts from the defaults: a file that exists is left alone. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether a file that exists is replaced. */
    public boolean overwrite() {
        return overwrite;
    }

    /** Who is told how many bytes were written so far. */
    public LongConsumer onProgress() {
        return onProgress;
    }

    @Override
    public String toString() {
        return "DownloadOptions[overwrite=" + overwrite + "]";
    }

    /** Collects the options of a download. */
    public static final class Builder {

        private boolean overwrite;
        private LongConsumer onProgress = bytes -> {};

        private Builder() {}

        /** Replaces a file that exists, in one step at the very end; by default it is an error that one exists. */
        public Builder overwrite(boolean replace) {
            this.overwrite = replace;
            return this;
        }

        /**
         * Is told how many bytes of the file were written so far, after each piece, on the thread that writes. The number
         * goes back when a transfer has to start again.
         */
        public Builder onProgress(LongConsumer listener) {
            this.onProgress = Objects.requireNonNull(listener, "onProgress");
            return this;
        }

        /** The options. */
        public DownloadOptions build() {
            return new DownloadOptions(this);
        }
    }
}
