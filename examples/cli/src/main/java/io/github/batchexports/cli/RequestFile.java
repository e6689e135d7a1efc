package io.github.batchexports.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.batchexports.ExportDefinition;
import io.github.batchexports.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON object that says what is to be exported. Numbers keep every digit, and an object has each name once. */
final class RequestFile {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(new TypeReference<Map<String, Object>>() {});

    private RequestFile() {}

    /** Reads a file, or standard input for {@code -}; what is not one JSON object is bad usage. */
    static ExportDefinition read(ApiCommand command, String file) {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            Map<String, Object> members = JSON.readValue(in);
            if (members != null) {
                return definition(members);
            }
            throw command.badUsage(name(file) + " is not one JSON object");
        } catch (MismatchedInputException e) {
            throw command.badUsage(name(file) + " is not one JSON object");
        } catch (JsonEOFException e) {
            throw command.badUsage(name(file) + " ends in the middle of its JSON object");
        } catch (JsonProcessingException e) {
            throw command.badUsage(name(file) + " is not JSON at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        } catch (NoSuchFileException | InvalidPathException e) {
            throw command.badUsage("there is no file " + name(file));
        } catch (AccessDeniedException e) {
            throw command.badUsage(name(file) + " cannot be read: no permission");
        } catch (IOException e) {
            throw command.badUsage(name(file) + " cannot be read: " + FileFailure.otherReason(e));
        }
    }

    /** To the model a null is as good as no member; here it is what the file says. */
    private static ExportDefinition definition(Map<String, Object> members) {
        ExportDefinition known = ExportDefinition.of(members);
        Map<String, @Nullable Object> others = new LinkedHashMap<>(known.otherMembers());
        members.forEach((name, value) -> {
            if (value == null || name.equals("filter")) {
                others.put(name, value);
            }
        });
        return known.toBuilder().filter(null).otherMembers(others).build();
    }

    static String name(String file) {
        return file.equals("-") ? "standard input" : Terminal.oneLine(file);
    }
}
