package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension as tests use it; which tests run one after the other is part of what is tested. */
class SandboxExtensionTest {

    @Nested
    @ExtendWith(SandboxExtension.class)
    class Declared {

        private Sandbox field;
        private final Set<String> seenBefore = new HashSet<>();

        @BeforeEach
        void add(Sandbox parameter) {
            assertThat(field).isSameAs(parameter);
            seenBefore.add(parameter.addExport());
        }

        @RepeatedTest(2)
        void everyTestHasAFreshState(Sandbox parameter) {
            assertThat(field).isSameAs(parameter);
            assertThat(parameter.exports()).hasSize(1);
        }

        @Nested
        class Inner {

            private Sandbox innerField;

            @Test
            void nestedTestsHaveTheSameSandbox(Sandbox parameter) {
                assertThat(innerField).isSameAs(field).isSameAs(parameter);
                assertThat(parameter.exports()).hasSize(1);
            }
        }
    }

    @Nested
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class Registered {

        @RegisterExtension
        static final SandboxExtension EXTENSION =
                new SandboxExtension(Sandbox.builder().exports(7));

        private static Sandbox shared;
        private static String baseUrl;

        @BeforeAll
        static void urlIsKnownBeforeAllTests() {
            baseUrl = shared.baseUrl();
        }

        @Test
        @Order(1)
        void builderIsUsed() throws Exception {
            assertThat(Calls.api(shared, "/2.8/exports/list").body()).contains("\"count\":7");
            shared.addExport();
        }

        @Test
        @Order(2)
        void urlStaysAndTheStateIsFresh(Sandbox parameter) {
            assertThat(parameter).isSameAs(shared);
            assertThat(parameter.baseUrl()).isEqualTo(baseUrl);
            assertThat(parameter.exports()).hasSize(7);
            assertThat(parameter.calls()).isZero();
        }
    }

    @Nested
    class OnePerTest {

        private static final Set<String> URLS = new HashSet<>();

        @RegisterExtension
        final SandboxExtension extension = new SandboxExtension();

        private Sandbox field;

        @RepeatedTest(2)
        void testHasASandboxOfItsOwn(Sandbox parameter) {
            assertThat(field).isSameAs(parameter);
            assertThat(URLS.add(parameter.baseUrl())).isTrue();
        }
    }
}
