package io.github.batchexports.protocol;

/**
 * The key of a project, such as {@code project_0664hxvwffvbpn278gxdyhsadddqgna6}; sent as {@code X-Batch-Project}.
 *
 * @param text the key
 */
public record ProjectKey(String text) {

    /**
     * Takes a key as the dashboard shows it.
     *
     * @throws IllegalArgumentException if the key is null or empty, or has a character that a header cannot have
     */
    public ProjectKey {
        HeaderText.check("projectKey", text);
    }

    @Override
    public String toString() {
        return text;
    }
}
