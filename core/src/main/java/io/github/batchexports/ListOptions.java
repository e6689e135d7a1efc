package io.github.batchexports;

import org.jspecify.annotations.Nullable;

/** Options for a listing: its page size, where it starts, and whether it reads ahead. Immutable. */
public final class ListOptions {

    private final int pageSize;
    private final @Nullable String from;
    private final int readAhead;

    private ListOptions(Builder builder) {
        this.pageSize = builder.pageSize;
        this.from = builder.from;
        this.readAhead = builder.readAhead;
    }

    /** Returns a builder with the defaults: pages of 100, from the first page, without reading ahead. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the maximum number of items on a page, 1 to 100; sent as {@code limit}. */
    public int pageSize() {
        return pageSize;
    }

    /** Returns the cursor of the page to start with; null for the first page. */
    public @Nullable String from() {
        return from;
    }

    /** Returns the number of pages that may be fetched beyond demand, 0 or 1. */
    public int readAhead() {
        return readAhead;
    }

    @Override
    public String toString() {
        return "ListOptions[pageSize=" + pageSize + ", from=" + from + ", readAhead=" + readAhead + "]";
    }

    /** Builds {@link ListOptions}. Not thread-safe. */
    public static final class Builder {

        private int pageSize = 100;
        private @Nullable String from;
        private int readAhead;

        private Builder() {}

        /**
         * Sets the maximum number of items on a page, 1 to 100; 100 by default, which costs the fewest calls. The rate
         * limit is on calls, not on items, and the <a href="https://doc.batch.com/developer/api/cep/exports/list">API's
         * own default</a> of 10 costs ten times as many.
         *
         * @throws IllegalArgumentException if it is outside that range
         */
        public Builder pageSize(int items) {
            if (items < 1 || items > 100) {
                throw new IllegalArgumentException("pageSize must be 1 to 100, the API's own limits: " + items);
            }
            this.pageSize = items;
            return this;
        }

        /**
         * Sets the cursor of the page to start with: {@code nextFrom()} of a page, or {@code resumeFrom()} of an error.
         * Null, the default, starts with the first page.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Builder from(@Nullable String cursor) {
            if (cursor != null && cursor.isEmpty()) {
                throw new IllegalArgumentException("from is empty: leave it out for the first page");
            }
            this.from = cursor;
            return this;
        }

        /**
         * Sets the number of pages that may be fetched beyond demand, 0 (the default) or 1. With 1, a subscriber that
         * requests few items at a time does not wait for the next page. It may cost one call whose items are never
         * requested.
         *
         * @throws IllegalArgumentException if it is neither 0 nor 1
         */
        public Builder readAhead(int pages) {
            if (pages < 0 || pages > 1) {
                throw new IllegalArgumentException("readAhead must be 0 or 1: " + pages);
            }
            this.readAhead = pages;
            return this;
        }

        /** Builds the options. The builder can be used again. */
        public ListOptions build() {
            return new ListOptions(this);
        }
    }
}
