package io.github.batchexports.benchmarks.json;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The mappers, with nothing set but what reading dates takes. */
public final class Mappers {

    private Mappers() {}

    /** Jackson 2. */
    public static JsonMapper jackson2() {
        return JsonMapper.builder().addModule(new JavaTimeModule()).build();
    }

    /** Jackson 3, which knows dates by itself. */
    public static tools.jackson.databind.json.JsonMapper jackson3() {
        return tools.jackson.databind.json.JsonMapper.shared();
    }
}
