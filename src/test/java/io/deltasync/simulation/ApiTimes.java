package io.deltasync.simulation;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * How an API reads and writes times.
 *
 * @param reading reads a time of a request
 * @param writing writes a time as JSON
 */
record ApiTimes(Function<String, Instant> reading, Function<Instant, Object> writing) {

	private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

	private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

	static ApiTimes of(LinkKind kind) {
		return switch (kind) {
			case TOKENS -> new ApiTimes((text) -> Instant.ofEpochMilli(Long.parseLong(text)), Instant::toEpochMilli);
			case LISTED -> new ApiTimes((text) -> Instant.ofEpochSecond(Long.parseLong(text)), Instant::getEpochSecond);
			case EXPORTED -> new ApiTimes((text) -> LocalDateTime.parse(text, LOCAL).atZone(ZONE).toInstant(),
					(time) -> quoted(LOCAL.format(time.atZone(ZONE))));
			case FILTERED -> new ApiTimes(Instant::parse,
					(time) -> quoted(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(ZONE))));
			default -> new ApiTimes(Instant::parse, (time) -> quoted(time.toString()));
		};
	}

	private static String quoted(String text) {
		return "\"" + text + "\"";
	}

	Instant read(@Nullable String text, Instant otherwise) {
		return (text != null) ? this.reading.apply(text) : otherwise;
	}

	Object write(Instant time) {
		return this.writing.apply(time);
	}

}
