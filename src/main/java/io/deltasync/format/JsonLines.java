package io.deltasync.format;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads an object of JSON from each line.
 */
final class JsonLines implements RecordReader {

	private final TextLines lines;

	private final FormatOptions options;

	private final BadLines badLines;

	JsonLines(TextLines lines, String name, FormatOptions options) {
		this.lines = lines;
		this.options = options;
		this.badLines = new BadLines(name, options.maxBadLines());
	}

	@Override
	public @Nullable ParsedRecord next() throws IOException {
		TextLine line = this.lines.next();
		while (line != null && line.text().isBlank()) {
			line = this.lines.next();
		}
		if (line == null) {
			return null;
		}
		String problem = line.problem(this.options);
		if (problem != null) {
			return this.badLines.add(line.number(), problem);
		}
		try (JsonParser parser = JsonValues.parser(line.text())) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return this.badLines.add(line.number(), "the line is not an object of JSON");
			}
			ParsedRecord record = new ParsedRecord(line.number(), new JsonValues(parser).object(), null);
			if (parser.nextToken() != null) {
				return this.badLines.add(line.number(), "the line continues after the object");
			}
			this.badLines.reset();
			return record;
		}
		catch (NumberFormatException ex) {
			return this.badLines.add(line.number(), String.valueOf(ex.getMessage()));
		}
		catch (JacksonException ex) {
			return this.badLines.add(line.number(), JsonValues.problem(ex));
		}
	}

	@Override
	public void close() throws IOException {
		this.lines.close();
	}

}
