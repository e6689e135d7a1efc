package io.github.batchexports.protocol;

/**
 * The key of a project, such as {@code project_0664hxvwffvbpn278gxdyhsadddqgna6}; sent in the header
 * {@code X-Batch-Project}.
 *
 * @param text the key
 */
public record ProjectKey(String text) {

    /**
     * Creates a key from the text that the dashboard shows.
     *
     * @throws IllegalArgumentException if the key is null or empty, or has a character that is not visible ASCII
     */
    public ProjectKey {
        HeaderText.check("projectKey", text);
    }

    /** Returns the key. */
    @Override
    public String toString() {
        return text;
    }
}
