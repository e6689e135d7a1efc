package io.github.batchexports.sandbox;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives JUnit tests a {@link Sandbox}, for JUnit 5 and 6. With {@code @ExtendWith(SandboxExtension.class)}, or
 * {@code @RegisterExtension} and a {@link #SandboxExtension(SandboxBuilder) builder}, it is in every field of this type
 * that is not final, and in every parameter.
 *
 * <p>A test class, with its nested ones, has one sandbox, whose URL stays the same, and each of its tests a fresh state:
 * {@link Sandbox#reset()} comes before every test's own {@code @BeforeEach}. So tests of one class must not run at the same
 * time, unless the extension is registered in a field that is not static: then each test has a sandbox of its own. It is
 * closed at the end of the class, or of the test.
 */
public final class SandboxExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private final SandboxBuilder options;
    /** The extension's own, so that two extensions in one class do not meet. */
    private final Namespace namespace = Namespace.create(SandboxExtension.class, this);

    /** A sandbox without exports, so that a test adds its own. */
    public SandboxExtension() {
        this(Sandbox.builder().exports(0));
    }

    /** A sandbox with these options. */
    public SandboxExtension(SandboxBuilder options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IllegalAccessException {
        Sandbox sandbox = openIfNone(context);
        setFields(context.getRequiredTestClass(), null, sandbox);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IllegalAccessException {
        Sandbox sandbox = openIfNone(context);
        sandbox.reset();
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            setFields(instance.getClass(), instance, sandbox);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeIfOpenedFor(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeIfOpenedFor(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Sandbox resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return openIfNone(context);
    }

    /** What an outer context opened is found, too. */
    private Sandbox openIfNone(ExtensionContext context) {
        Store store = context.getStore(namespace);
        Sandbox open = store.get(Sandbox.class, Sandbox.class);
        if (open != null) {
            return open;
        }
        Sandbox opened = options.start();
        store.put(Sandbox.class, opened);
        store.put(context.getUniqueId(), opened);
        return opened;
    }

    private void closeIfOpenedFor(ExtensionContext context) {
        Sandbox opened = context.getStore(namespace).remove(context.getUniqueId(), Sandbox.class);
        if (opened != null) {
            context.getStore(namespace).remove(Sandbox.class);
            opened.close();
        }
    }

    /** Static ones if there is no instance. */
    private static void setFields(Class<?> type, @Nullable Object instance, Sandbox sandbox)
            throws IllegalAccessException {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.getType() == Sandbox.class
                        && !Modifier.isFinal(field.getModifiers())
                        && Modifier.isStatic(field.getModifiers()) == (instance == null)) {
                    field.setAccessible(true);
                    field.set(instance, sandbox);
                }
            }
        }
    }
}
