package io.deltasync.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a program says of its run.
 *
 * @param time how long the run took by the program's own clock: without the start of its
 * process
 * @param fetching from the beginning of the first fetch to the end of the last
 * @param heap from planned pages to bytes in use after a collection
 */
record ScopeRun(Duration time, Duration fetching, Map<Integer, Long> heap) {

	private static final Pattern EVENT = Pattern.compile("^\\{.*}$", Pattern.MULTILINE);

	private static final Pattern HEAP = Pattern.compile("^heap after (\\d+) pages: (\\d+) bytes$", Pattern.MULTILINE);

	static ScopeRun ofProduct(String output) {
		JsonNode event = EVENT.matcher(output)
			.results()
			.map((line) -> JsonMapper.shared().readTree(line.group()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("The program does not print an event"));
		Map<Integer, Long> heap = new TreeMap<>();
		HEAP.matcher(output)
			.results()
			.forEach((line) -> heap.put(Integer.valueOf(line.group(1)), Long.valueOf(line.group(2))));
		return new ScopeRun(Duration.between(Instant.parse(event.required("startedAt").asString()),
				Instant.parse(event.required("endedAt").asString())), FetchSpan.parse(output), heap);
	}

}
