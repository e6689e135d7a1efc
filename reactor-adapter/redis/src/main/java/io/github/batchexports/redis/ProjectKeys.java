package io.github.batchexports.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The names of one project's keys in Redis: one hash tag, so that a cluster keeps them together; no project key in them. */
final class ProjectKeys {

    private final String start;

    ProjectKeys(String prefix, String projectKey) {
        this.start = prefix + ":{" + Digests.nameOf(projectKey) + "}:";
    }

    List<byte[]> pace() {
        return List.of(key("slots"), key("state"), key("seen"));
    }

    /** @param page names the page; may contain cursors, which are not for everybody to read */
    List<byte[]> poll(String page) {
        String name = Digests.nameOf(page);
        return List.of(key("page:" + name), key("lease:" + name));
    }

    private byte[] key(String end) {
        return (start + end).getBytes(StandardCharsets.UTF_8);
    }
}
