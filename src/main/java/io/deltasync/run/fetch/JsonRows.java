package io.deltasync.run.fetch;

import java.util.Map;

import io.deltasync.run.fetch.RefusedPushException.Reason;
import io.deltasync.format.JsonValues;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads rows from JSON: an object, an array of objects, or objects one after the other,
 * such as one on each line. Numbers keep all their digits. Confined to one thread.
 */
final class JsonRows implements RowFeed.Rows {

	private final JsonParser parser;

	private final JsonValues values;

	private boolean inArray;

	private boolean begun;

	private long rows;

	JsonRows(byte[] body) {
		this.parser = JsonValues.parser(body);
		this.values = new JsonValues(this.parser);
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
		try {
			return this.values.object();
		}
		catch (NumberFormatException ex) {
			throw new RefusedPushException(Reason.MALFORMED, "Row %d contains a number with an exponent of more than %d"
				.formatted(this.rows, JsonValues.MAX_EXPONENT));
		}
	}

}
