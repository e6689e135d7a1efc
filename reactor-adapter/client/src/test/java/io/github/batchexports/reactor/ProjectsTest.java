package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.internal.http.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProjectsTest {

    private final Projects projects = new Projects();
    private final AtomicInteger made = new AtomicInteger();

    private Project project(String key) {
        return projects.get(key, () -> {
            made.incrementAndGet();
            return new Project(null, null, null, new TimeSource(null), null, null);
        });
    }

    @Test
    void sameKeyGivesTheSameProject() {
        assertThat(project("a")).isSameAs(project("a")).isNotSameAs(project("b"));
        assertThat(made).hasValue(2);
    }

    @Test
    void unusedProjectsAreCollectedExceptTheMostRecent() {
        Project held = project("held");
        for (int i = 0; i < 5_000; i++) {
            project("project_" + i);
        }
        for (int i = 0; projects.size() > 2 * Projects.KEPT && i < 100; i++) {
            System.gc();
            project("another_" + i);
        }
        assertThat(projects.size()).isLessThanOrEqualTo(2 * Projects.KEPT);
        made.set(0);
        assertThat(project("held")).isSameAs(held);
        project("project_4999");
        assertThat(made).hasValue(0);
    }

    @Test
    void creatingAProjectMayRequestAnother() {
        Project outer = projects.get("outer", () -> {
            project("inner");
            return new Project(null, null, null, new TimeSource(null), null, null);
        });
        assertThat(project("outer")).isSameAs(outer);
    }
}
