package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @Test
    void everyDayOfFourCenturiesMatchesJavaTime() {
        LocalDate end = LocalDate.of(2101, 1, 1);
        for (LocalDate day = LocalDate.of(1699, 12, 1); day.isBefore(end); day = day.plusDays(1)) {
            assertThat(Rfc3339.parseOrNull(day + "T00:00:00Z"))
                    .isEqualTo(day.atStartOfDay().toInstant(ZoneOffset.UTC));
        }
    }

    @Test
    void randomInstantsOffsetsAndFractionsMatchJavaTime() {
        Random random = new Random(7);
        long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9998-12-31T00:00:00Z").getEpochSecond();
        for (int i = 0; i < 20_000; i++) {
            long second = first + (long) (random.nextDouble() * (last - first));
            int nanos = random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
            Instant instant = Instant.ofEpochSecond(second, nanos);
            assertThat(Rfc3339.parseOrNull(instant.toString())).isEqualTo(instant);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(2 * 18 * 60) - 18 * 60) * 60);
            OffsetDateTime local = instant.atOffset(offset);
            String text = local.toLocalDate() + "T"
                    + String.format("%02d:%02d:%02d.%09d", local.getHour(), local.getMinute(), local.getSecond(), nanos)
                    + (offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId());
            assertThat(Rfc3339.parseOrNull(text)).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-28t16:28:42z, 2024-02-28T16:28:42Z",
        "2024-02-28T16:28:42.5Z, 2024-02-28T16:28:42.500Z",
        "2024-02-28T16:28:42-00:00, 2024-02-28T16:28:42Z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
        "2000-02-29T00:00:00+17:59, 2000-02-28T06:01:00Z"
    })
    void variantsOfRfc3339AreParsed(String text, String instant) {
        assertThat(Rfc3339.parseOrNull(text)).isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-02-28",
                "2024-02-28T16:28:42",
                "2024-02-28 16:28:42Z",
                "2024-02-28T16:28Z",
                "2024-02-30T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2024-04-31T00:00:00Z",
                "2024-00-10T00:00:00Z",
                "2024-13-10T00:00:00Z",
                "2024-01-00T00:00:00Z",
                "2024-01-32T00:00:00Z",
                "2024-01-01T25:00:00Z",
                "2024-01-01T24:00:01Z",
                "2024-01-01T00:60:00Z",
                "2024-01-01T00:00:61Z",
                "2024-01-01T00:00:60Z",
                "2024-01-01T00:00:00.5",
                "2024-01-01T00:00:00X",
                "2024-01-01T00:00:00ZZ",
                "2024-01-01T00:00:00+24:00",
                "2024-01-01T00:00:00+00:60",
                "2024-01-01T00:00:00+0000",
                "2024-01-01T00:00:00+00-00",
                "2024-01-01T00:00:00+00:0",
                "2024-01-01T00:00:00+ab:00",
                "2024/01/01T00:00:00Z",
                "2024-01/01T00:00:00Z",
                "2024-01-01T00-00:00Z",
                "2024-01-01T00:00-00Z",
                "2o24-01-01T00:00:00Z",
                "-024-01-01T00:00:00Z",
                "2024-01-01T00:00:0\u0663Z",
                "12024-01-01T00:00:00Z",
                "2024-01-01T00:00:00.1234567890Z"
            })
    void invalidDatesGiveNull(String text) {
        assertThat(Rfc3339.parseOrNull(text)).isNull();
    }

    @Test
    void rangeOfABufferIsParsed() {
        char[] buffer = "\"x\":\"2024-02-28T16:28:42Z\",".toCharArray();
        assertThat(Rfc3339.parseOrNull(buffer, 5, 20)).isEqualTo(Instant.parse("2024-02-28T16:28:42Z"));
        assertThat(Rfc3339.parseOrNull(buffer, 5, 19)).isNull();
        assertThat(Rfc3339.parseOrNull(buffer, 4, 20)).isNull();
    }
}
