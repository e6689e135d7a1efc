package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.Operation;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A member that the model cannot read is kept unchanged in its object, and affects no other member. */
class OddMembersTest {

    private static final CallContext CALL = CallContext.of(Operation.LIST, "here");
    private static final ObjectMapper JACKSON_2 = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();
    private static final tools.jackson.databind.ObjectMapper JACKSON_3 =
            tools.jackson.databind.json.JsonMapper.builder()
                    .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final PageDecoder decoder = new PageDecoder(1 << 20);

    private ExportPage page(String json) {
        return decoder.decodePage(json.getBytes(StandardCharsets.UTF_8), CALL);
    }

    private ExportRequest export(String members) {
        return page("{\"exports\":[{\"id\":\"x\",\"status\":\"S\"," + members + "}]}")
                .exports()
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'request_date':''",
                "'request_date':'yesterday'",
                "'start_date':17",
                "'completion_date':'2024-02-30T00:00:00Z'",
                "'completion_date':true",
                "'scope':{'name':'PROFILE'}",
                "'scope':[]",
                "'request':'all of it'",
                "'request':[]",
                "'request':{'attributes':'$email'}",
                "'request':{'attributes':['a','b',null]}",
                "'request':{'attributes':[['a'],'b']}",
                "'request':{'identifiers':{'custom_id':true}}",
                "'request':{'export_type':1}",
                "'request':{'filter':'vip'}",
                "'request':{'filter':[1.50]}",
                "'request':{'filter':{'segment':{'code':'vip'}}}",
                "'request':{'filter':{'segment':5,'other':null}}",
                "'files':{}",
                "'files':{'id':'f'}",
                "'files':'none'",
                "'files':[null]",
                "'files':[{'id':'f','url':null},5]",
                "'files':[[],{'id':'f'}]",
                "'files':[{'id':5}]",
                "'files':[{'id':'f','size':'2 kB'}]",
                "'files':[{'part':2147483648},{'part':1}]",
                "'files':[{'part':1.0}]",
                "'files':[{'size':9223372036854775808}]",
                "'files':[{'size':1e3,'new':[1.50]}]",
                "'files':[{'url':false}]"
            })
    void oddMemberRoundTripsAndOtherExportsAreRead(String members) throws IOException {
        String odd = "{'id':'odd','status':'SUCCESS','new':[1.50,{}],%s%s}"
                .formatted(members.startsWith("'files'") ? "" : "'files':[],", members)
                .replace('\'', '"');
        String good = "{\"id\":\"%s\",\"request_date\":\"2024-02-28T16:28:42Z\",\"status\":\"RUNNING\",\"files\":[]}";
        ExportPage page = page("{\"exports\":[" + good.formatted("a") + "," + odd + "," + good.formatted("b")
                + "],\"has_more\":true,\"next_from\":\"next\",\"count\":3}");

        assertThat(page.exports()).extracting(ExportRequest::id).containsExactly("a", "odd", "b");
        assertThat(page.exports().get(2).toJson()).isEqualTo(good.formatted("b"));
        assertThat(page.from()).isEqualTo("here");
        assertThat(page.nextFrom()).isEqualTo("next");
        ExportRequest read = page.exports().get(1);
        JsonNode sent = JACKSON_2.readTree(odd);
        for (String written : List.of(
                read.toJson(),
                JACKSON_2.writeValueAsString(read),
                JACKSON_3.writeValueAsString(read),
                JACKSON_2.readValue(odd, ExportRequest.class).toJson(),
                JACKSON_3.readValue(odd, ExportRequest.class).toJson())) {
            assertThat(JACKSON_2.readTree(written)).isEqualTo(sent);
        }
    }

    @Test
    void oddMemberIsKeptInItsObjectAndItsAccessorIsNull() {
        ExportRequest export = export(
                "\"start_date\":\"soon\",\"files\":[{\"id\":\"f\",\"size\":\"2 kB\"}],\"request\":{\"attributes\":[\"a\"],"
                        + "\"filter\":{\"segment\":[1]}}");
        assertThat(export.startDate()).isNull();
        assertThat(export.otherMembers()).isEqualTo(Map.of("start_date", "soon"));
        ExportFile file = export.files().get(0);
        assertThat(file.id()).isEqualTo("f");
        assertThat(file.size()).isNull();
        assertThat(file.otherMembers()).isEqualTo(Map.of("size", "2 kB"));
        assertThat(export.request().attributes()).containsExactly("a");
        assertThat(export.request().otherMembers()).isEmpty();
        assertThat(export.request().filter().segment()).isNull();
        assertThat(export.request().filter().otherMembers()).isEqualTo(Map.of("segment", List.of(1)));

        assertThat(export("\"files\":[{\"id\":\"f\"},null]").files()).isEmpty();
        assertThat(export("\"files\":[{\"id\":\"f\"},null]").otherMembers())
                .isEqualTo(Map.of("files", Arrays.asList(Map.of("id", "f"), null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"scope\":5,\"scope\":\"A\"|A|{}",
                "\"scope\":\"A\",\"scope\":5||{scope=5}",
                "\"scope\":5,\"scope\":null||{}",
                "\"scope\":\"A\",\"scope\":\"B\"|B|{}",
                "\"scope\":\"A\",\"scope\":null||{}"
            })
    void lastOfDuplicateMembersWins(String members, String scope, String others) {
        ExportRequest export = export(members);
        assertThat(String.valueOf(export.scope())).isEqualTo(String.valueOf(scope));
        assertThat(export.otherMembers()).hasToString(others);
    }

    @Test
    void invalidCountIsKeptInThePage() {
        ExportPage page = page("{\"exports\":[{\"id\":\"x\",\"status\":\"S\"}],\"count\":\"many\",\"version\":1.50}");
        assertThat(page.count()).isEqualTo(1);
        assertThat(page.otherMembers()).hasToString("{count=many, version=1.50}");
    }

    @Test
    void oddMemberIsKeptFromAStreamWithoutMarkSupport() {
        byte[] json = "{\"id\":\"x\",\"status\":\"S\",\"scope\":[]}".getBytes(StandardCharsets.UTF_8);
        FilterInputStream withoutMark = new FilterInputStream(new ByteArrayInputStream(json)) {
            @Override
            public boolean markSupported() {
                return false;
            }
        };
        assertThat(decoder.decodeExport(withoutMark, CALL).otherMembers()).isEqualTo(Map.of("scope", List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|$.exports|missing, though every page has this array; is this the API?",
                "{\"status\":\"ok\"}|$.exports|missing, though every page has this array; is this the API?",
                "{\"count\":0,\"has_more\":false}|$.exports|missing, though every page has this array; is this the API?",
                "{\"exports\":null}|$.exports|expected the array of exports, found null; is this the API?",
                "{\"exports\":{}}|$.exports|expected the array of exports, found an object; is this the API?",
                "{\"exports\":\"none\"}|$.exports|expected the array of exports, found a string; is this the API?"
            })
    void pageWithoutExportsArrayIsMalformed(String json, String path, String reason) {
        MalformedResponseException error = catchThrowableOfType(MalformedResponseException.class, () -> page(json));
        assertThat(error).isNotNull().hasMessageContaining(path).hasMessageContaining(reason);
        assertThat(error.path()).isEqualTo(path);
        assertThat(error.reason()).isEqualTo(reason);
    }
}
