package io.deltasync.run.fetch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.run.fetch.RefusedPushException.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads rows from JSON: an object, an array of objects, or objects one after the other,
 * such as one on each line. Numbers keep all their digits. Confined to one thread.
 */
final class JsonRows implements RowFeed.Rows {

	private static final int MAX_DEPTH = 100;

	/** The longest name or text: bodies are limited already. */
	private static final int MAX_TEXT = Integer.MAX_VALUE;

	/** A number beyond it would take much memory wherever it is written out. */
	private static final int MAX_EXPONENT = 1000;

	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.streamReadConstraints(
				StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxStringLength(MAX_TEXT).build())
		.build();

	private final JsonParser parser;

	private boolean inArray;

	private boolean begun;

	private long rows;

	JsonRows(byte[] body) {
		this.parser = JSON.createParser(ObjectReadContext.empty(), body);
	}

	/** Whether a body of a type consists of rows. */
	static boolean isJson(MimeType type) {
		String subtype = type.getSubtype();
		return type.getType().equals("application") && (subtype.equals("json") || subtype.endsWith("+json")
				|| subtype.equals("x-ndjson") || subtype.equals("ndjson") || subtype.equals("jsonl"));
	}

	@Override
	public @Nullable Map<String, @Nullable Object> next() {
		try {
			return read();
		}
		catch (JacksonException ex) {
			throw new RefusedPushException(Reason.MALFORMED,
					"The body is not the expected JSON%s".formatted((ex.getLocation() == null) ? ""
							: ": see line %d, column %d: %s".formatted(ex.getLocation().getLineNr(),
									ex.getLocation().getColumnNr(), ex.getOriginalMessage())));
		}
	}

	private @Nullable Map<String, @Nullable Object> read() {
		JsonToken token = this.parser.nextToken();
		if (!this.begun) {
			this.begun = true;
			if (token == null) {
				throw new RefusedPushException(Reason.MALFORMED, "The body is empty");
			}
			this.inArray = token == JsonToken.START_ARRAY;
			token = this.inArray ? this.parser.nextToken() : token;
		}
		if (this.inArray && token == JsonToken.END_ARRAY) {
			if (this.parser.nextToken() != null) {
				throw new RefusedPushException(Reason.MALFORMED, "The body continues after the end of the array");
			}
			return null;
		}
		if (token == null) {
			return null;
		}
		this.rows++;
		if (token != JsonToken.START_OBJECT) {
			throw new RefusedPushException(Reason.MALFORMED,
					"Row %d is not an object; send an object, an array of objects, or an object on each line"
						.formatted(this.rows));
		}
		return object();
	}

	private Map<String, @Nullable Object> object() {
		Map<String, @Nullable Object> row = new LinkedHashMap<>();
		while (this.parser.nextToken() != JsonToken.END_OBJECT) {
			String name = this.parser.currentName();
			row.put(name, value(this.parser.nextToken()));
		}
		return row;
	}

	private List<@Nullable Object> array() {
		List<@Nullable Object> list = new ArrayList<>();
		JsonToken token = this.parser.nextToken();
		while (token != JsonToken.END_ARRAY) {
			list.add(value(token));
			token = this.parser.nextToken();
		}
		return list;
	}

	private @Nullable Object value(JsonToken token) {
		return switch (token) {
			case START_OBJECT -> object();
			case START_ARRAY -> array();
			case VALUE_STRING -> this.parser.getString();
			case VALUE_NUMBER_INT -> wholeNumber();
			case VALUE_NUMBER_FLOAT -> decimal();
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			default -> null;
		};
	}

	private Object wholeNumber() {
		return (this.parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) ? this.parser.getBigIntegerValue()
				: (Object) this.parser.getLongValue();
	}

	private BigDecimal decimal() {
		BigDecimal value = this.parser.getDecimalValue();
		if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
			throw new RefusedPushException(Reason.MALFORMED,
					"Row %d contains a number with an exponent of more than %d".formatted(this.rows, MAX_EXPONENT));
		}
		return value;
	}

}
