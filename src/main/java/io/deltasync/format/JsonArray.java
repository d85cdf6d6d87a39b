package io.deltasync.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads the objects of an array, which is the document or a property of it. After a
 * mistake in the JSON, nothing more can be read.
 */
final class JsonArray implements RecordReader {

	private final RecordLimit text;

	private final String name;

	private final List<String> path;

	private final BadLines badLines;

	private final JsonParser parser;

	private boolean begun;

	private boolean ended;

	JsonArray(InputStream in, String name, FormatOptions options) throws IOException {
		this.text = new RecordLimit(in, options);
		this.name = name;
		this.path = options.records().isEmpty() ? List.of() : List.of(options.records().split("\\."));
		this.badLines = new BadLines(name, options.maxBadLines());
		this.parser = JsonValues.parser(this.text);
	}

	@Override
	public @Nullable ParsedRecord next() throws IOException {
		try {
			return this.ended ? null : read();
		}
		catch (JacksonIOException ex) {
			Throwable cause = ex.getCause();
			throw new FormatException(this.name, line(), String.valueOf(((cause != null) ? cause : ex).getMessage()));
		}
		catch (JacksonException ex) {
			throw new FormatException(this.name, (ex.getLocation() != null) ? ex.getLocation().getLineNr() : line(),
					JsonValues.problem(ex) + "; is the file complete?");
		}
	}

	private @Nullable ParsedRecord read() throws IOException {
		if (!this.begun) {
			this.begun = true;
			findArray();
		}
		this.text.begin();
		JsonToken token = this.parser.nextToken();
		long line = line();
		if (token == JsonToken.END_ARRAY) {
			readToEnd();
			return null;
		}
		if (token != JsonToken.START_OBJECT) {
			this.parser.skipChildren();
			return this.badLines.add(line, "an element of the array is not an object");
		}
		try {
			ParsedRecord record = new ParsedRecord(line, new JsonValues(this.parser).object(), null);
			this.badLines.reset();
			return record;
		}
		catch (NumberFormatException ex) {
			throw new FormatException(this.name, line(), String.valueOf(ex.getMessage()));
		}
	}

	private void findArray() throws IOException {
		JsonToken token = this.parser.nextToken();
		if (token == null) {
			throw new FormatException(this.name, 1, "the document is empty; is the file complete?");
		}
		for (String step : this.path) {
			token = (token == JsonToken.START_OBJECT) ? find(step) : null;
			if (token == null) {
				throw new FormatException(this.name, line(),
						"there is no '%s'; records must name the array, such as data.items"
							.formatted(String.join(".", this.path)));
			}
		}
		if (token != JsonToken.START_ARRAY) {
			throw new FormatException(this.name, line(),
					"%s is not an array; set records to where the array is, such as data.items".formatted(
							this.path.isEmpty() ? "the document" : "'%s'".formatted(String.join(".", this.path))));
		}
	}

	private @Nullable JsonToken find(String property) {
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			this.text.skip();
			boolean found = property.equals(this.parser.currentName());
			JsonToken value = this.parser.nextToken();
			if (found) {
				return value;
			}
			this.parser.skipChildren();
		}
		return null;
	}

	/** A document that is cut off after the array is not complete. */
	private void readToEnd() throws IOException {
		this.text.skip();
		int open = this.path.size();
		while (open > 0) {
			JsonToken token = this.parser.nextToken();
			if (token == JsonToken.END_OBJECT) {
				open--;
			}
			else if (token != null && token.isStructStart()) {
				this.parser.skipChildren();
			}
		}
		if (this.parser.nextToken() != null) {
			throw new FormatException(this.name, line(), "the document continues after its end");
		}
		this.ended = true;
	}

	private long line() {
		return Math.max(1, this.parser.currentLocation().getLineNr());
	}

	@Override
	public void close() throws IOException {
		this.parser.close();
		this.text.close();
	}

}
