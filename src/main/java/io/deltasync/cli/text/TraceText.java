package io.deltasync.cli.text;

import java.util.Map;
import java.util.stream.Collectors;

import io.deltasync.trace.Trace;
import io.deltasync.trace.Trace.Side;
import io.deltasync.trace.TraceWords;
import org.jspecify.annotations.Nullable;

/**
 * Formats what is known of a record for people.
 */
public final class TraceText {

	private TraceText() {
	}

	public static String of(Trace trace) {
		return new KeyValueText(
				"Link '%s', record %s: %s".formatted(trace.link(), trace.key(), TraceWords.of(trace.where())))
			.add("Source", side(trace.source()))
			.add("Window", TraceWords.of(trace.window()))
			.add("Way", TraceWords.of(trace.way()))
			.add("Target", side(trace.target()))
			.add("Differs",
					trace.target().differences().isEmpty() ? null : String.join(", ", trace.target().differences()))
			.add("Reject", TraceWords.of(trace.reject()))
			.add("Delivered", TraceWords.of(trace.delivered()))
			.addAll("Log", trace.log().stream().map(TraceWords::of).toList())
			.add("Last run", TraceWords.of(trace.lastRun()))
			.add("Answer", trace.sentence())
			.add("Next", (trace.next() != null) ? trace.next() : "nothing to do")
			.toString();
	}

	private static String side(Side side) {
		return switch (side.state()) {
			case PRESENT -> values(side.properties());
			case ABSENT -> "has no such record";
			case UNKNOWN -> "not known: " + side.problem();
		};
	}

	private static String values(Map<String, @Nullable String> properties) {
		return properties.entrySet()
			.stream()
			.map((property) -> "%s=%s".formatted(property.getKey(), property.getValue()))
			.collect(Collectors.joining(", "));
	}

}
