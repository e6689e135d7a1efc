package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.contender.Contenders;
import io.github.batchexports.benchmarks.contender.Pacing;
import io.github.batchexports.benchmarks.contender.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to measure, of whom, against which server.
 *
 * @param numbers what the probe wants to know
 */
public record Task(Probes probe, Contenders contender, Target target, Map<String, Integer> numbers) {

    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException(probe + " wants a number: " + name);
        }
        return number;
    }

    List<String> toArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                probe.name(),
                contender.name(),
                target.baseUrl(),
                Integer.toString(target.pageSize()),
                Double.toString(target.requestsPerSecond()),
                target.pacing().name()));
        numbers.forEach((name, number) -> arguments.add(name + "=" + number));
        return arguments;
    }

    static Task ofArguments(String[] arguments) {
        Target target = new Target(
                arguments[2],
                Integer.parseInt(arguments[3]),
                Double.parseDouble(arguments[4]),
                Pacing.valueOf(arguments[5]));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int i = 6; i < arguments.length; i++) {
            String[] parts = arguments[i].split("=", 2);
            numbers.put(parts[0], Integer.valueOf(parts[1]));
        }
        return new Task(Probes.valueOf(arguments[0]), Contenders.valueOf(arguments[1]), target, numbers);
    }
}
