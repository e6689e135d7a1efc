package io.github.batchexports;

import java.util.function.LongConsumer;

/** Options for downloading to a file. Immutable. */
public final class DownloadOptions {

    private final boolean overwrite;
    private final LongConsumer onProgress;

    private DownloadOptions(Builder builder) {
        this.overwrite = builder.overwrite;
        this.onProgress = builder.onProgress;
    }

    /** Returns a builder with the defaults: an existing file is not replaced, and progress is not reported. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns whether an existing file is replaced. */
    public boolean overwrite() {
        return overwrite;
    }

    /** Returns the listener for the number of bytes written so far; by default it does nothing. */
    public LongConsumer onProgress() {
        return onProgress;
    }

    @Override
    public String toString() {
        return "DownloadOptions[overwrite=" + overwrite + "]";
    }

    /** Builds {@link DownloadOptions}. Not thread-safe. */
    public static final class Builder {

        private boolean overwrite;
        private LongConsumer onProgress = bytes -> {};

        private Builder() {}

        /**
         * Sets whether an existing file is replaced, atomically at the end of the download; false by default, so that the
         * download fails if the file exists.
         */
        public Builder overwrite(boolean replace) {
            this.overwrite = replace;
            return this;
        }

        /**
         * Sets the listener for the number of bytes written so far. It is called after each write, on the thread that
         * writes. The number decreases if a transfer starts over. It may block, which slows the transfer; an exception
         * that it throws fails the download.
         *
         * @throws IllegalArgumentException if it is null
         */
        public Builder onProgress(LongConsumer listener) {
            this.onProgress = Arguments.notNull("onProgress", listener);
            return this;
        }

        /** Builds the options. The builder can be used again. */
        public DownloadOptions build() {
            return new DownloadOptions(this);
        }
    }
}
