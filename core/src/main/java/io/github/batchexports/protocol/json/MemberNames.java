package io.github.batchexports.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of the members of one kind of object, for one document. Objects of a kind mostly have the same members in the
 * same order, so the name that followed this one last time is compared with the bytes first, which is cheaper than decoding
 * a name and looking it up.
 */
final class MemberNames {

    private final List<String> list;
    private final String[] names;
    private final SerializableString[] written;

    /** By a name's index, the index of the name that followed it. */
    private final int[] followers;

    private int last;

    MemberNames(List<String> names) {
        this.list = names;
        this.names = names.toArray(String[]::new);
        this.written = names.stream().map(SerializedString::new).toArray(SerializableString[]::new);
        this.followers = new int[written.length];
    }

    /** Goes on to the next name of the current object, which may be an unknown one; null at the object's end. */
    @Nullable
    String next(JsonParser json) throws IOException {
        int expected = followers[last];
        if (json.nextFieldName(written[expected])) {
            last = expected;
            return names[expected];
        }
        if (json.currentToken() != JsonToken.FIELD_NAME) {
            return null;
        }
        String name = json.currentName();
        int index = list.indexOf(name);
        if (index < 0) {
            return name;
        }
        followers[last] = index;
        last = index;
        return names[index];
    }
}
