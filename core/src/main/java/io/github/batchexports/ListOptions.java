package io.github.batchexports;

import org.jspecify.annotations.Nullable;

/** What to list, and by which pages. */
public final class ListOptions {

    private final int pageSize;
    private final @Nullable String from;
    private final int readAhead;

    private ListOptions(Builder builder) {
        this.pageSize = builder.pageSize;
        this.from = builder.from;
        this.readAhead = builder.readAhead;
    }

    /** Starts from the defaults: everything, by pages of 100, without reading ahead. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many items a page may have, sent as {@code limit}; 1 to 100. */
    public int pageSize() {
        return pageSize;
    }

    /** The cursor to start from; null for the first page. */
    public @Nullable String from() {
        return from;
    }

    /** How many pages may be fetched beyond demand: 0 or 1. */
    public int readAhead() {
        return readAhead;
    }

    @Override
    public String toString() {
        return "ListExports[pageSize=" + pageSize + ", from=" + from + ", readAhead=" + readAhead + "]";
    }

    /** Collects the options of a listing. */
    public static final class Builder {

        private int pageSize = 100;
        private @Nullable String from;
        private int readAhead;

        private Builder() {}

        /**
         * How many items a page may have, 1 to 100. By default 100, which makes the fewest calls under a limit that counts
         * calls; the server itself takes 10 when it is not told.
         *
         * @throws IllegalArgumentException outside that range
         */
        public Builder pageSize(int items) {
            if (items < 1 || items > 100) {
                throw new IllegalArgumentException("pageSize must be 1 to 100, the API's own limits: " + items);
            }
            this.pageSize = items;
            return this;
        }

        /**
         * Starts at a cursor: a page's {@code nextFrom}, or what an error's {@code resumeFrom()} says. Null starts at the
         * first page.
         *
         * @throws IllegalArgumentException when it is empty
         */
        public Builder from(@Nullable String cursor) {
            if (cursor != null && cursor.isEmpty()) {
                throw new IllegalArgumentException("from is empty: leave it out for the first page");
            }
            this.from = cursor;
            return this;
        }

        /**
         * How many pages may be fetched before they are asked for, 0 (the default) or 1. One hides the wait for a page from
         * a consumer that asks for little at a time, and may cost a call whose items nobody takes.
         *
         * @throws IllegalArgumentException for another number
         */
        public Builder readAhead(int pages) {
            if (pages < 0 || pages > 1) {
                throw new IllegalArgumentException("readAhead must be 0 or 1: " + pages);
            }
            this.readAhead = pages;
            return this;
        }

        /** The query. */
        public ListOptions build() {
            return new ListOptions(this);
        }
    }
}
