package io.deltasync.http.source.options;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.deltasync.format.FileFormat;
import io.deltasync.format.FormatException;
import io.deltasync.format.FormatOptions;
import io.deltasync.format.RecordReader;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.json.JsonPath;
import io.deltasync.http.json.JsonRecords;
import io.deltasync.http.json.ParentPaths;
import io.deltasync.http.json.LineRecords;
import io.deltasync.http.json.RecordContent;
import org.jspecify.annotations.Nullable;

/**
 * How answers with records are written. Immutable.
 *
 * @param format the format
 * @param key the properties that identify a record
 * @param maxBytes the most bytes of a record
 * @param parent the properties of the element around a record of JSON
 */
public record PageFormat(FileFormat format, List<String> key, long maxBytes, ParentPaths parent) {

	public PageFormat(FileFormat format, List<String> key, long maxBytes) {
		this(format, key, maxBytes, ParentPaths.NONE);
	}

	/** Returns the format with properties of the element around records. */
	public PageFormat with(@Nullable Map<String, String> properties, String records, OptionProblems problems) {
		ParentPaths paths = (properties == null) ? null
				: problems.parse("parent", () -> ParentPaths.of(JsonPath.ofMany(records), properties));
		return (paths != null) ? new PageFormat(this.format, this.key, this.maxBytes, paths) : this;
	}

	/** Returns the name of the format in options. */
	public String name() {
		return this.format.name().toLowerCase(Locale.ROOT);
	}

	/** Whether answers have nothing but records. */
	public boolean hasLines() {
		return this.format != FileFormat.JSON;
	}

	/** Returns what the header {@code Accept} asks for by default. */
	public String accept() {
		return switch (this.format) {
			case CSV -> "text/csv, */*;q=0.5";
			case JSONL -> "application/x-ndjson, application/jsonl, */*;q=0.5";
			case JSON -> "application/json, */*;q=0.5";
		};
	}

	/**
	 * Whether an answer of a type may have records. Servers without a type for JSON send
	 * it as plain text or bytes; an error page is HTML, and an error of an API is JSON.
	 */
	public boolean accepts(@Nullable String type) {
		String lower = (type != null) ? type.toLowerCase(Locale.ROOT) : "";
		boolean json = lower.contains("json");
		boolean any = lower.isEmpty() || lower.startsWith("text/plain") || lower.startsWith("application/octet-stream");
		return switch (this.format) {
			case CSV -> !json && !lower.contains("html") && !lower.contains("xml");
			case JSONL -> json || any || lower.contains("ndjson");
			case JSON -> json || any;
		};
	}

	/**
	 * Begins to read an answer.
	 * @param body its body
	 * @param records where the records are in JSON
	 * @param wanted the other fields of JSON that are needed
	 * @throws AnswerException if the answer has no records; the message is the predicate
	 * of a sentence about it
	 * @throws IOException if the body cannot be read
	 */
	public RecordContent open(InputStream body, JsonPath records, Collection<JsonPath> wanted) throws IOException {
		if (!hasLines()) {
			return new JsonRecords(body, records, this.parent, wanted, this.maxBytes);
		}
		RecordReader reader;
		try {
			reader = this.format.open(body, "answer", options(""));
		}
		catch (FormatException ex) {
			throw new AnswerException("cannot be read: " + ex.problem(), ex);
		}
		try {
			checkColumns(reader.columns());
			return new LineRecords(reader);
		}
		catch (RuntimeException ex) {
			reader.close();
			throw ex;
		}
	}

	/** An error in plain text would otherwise be a page without records. */
	private void checkColumns(List<String> columns) {
		if (this.format != FileFormat.CSV) {
			return;
		}
		if (columns.isEmpty()) {
			throw new AnswerException("is empty, although CSV without records has a header");
		}
		if (!columns.containsAll(this.key)) {
			String shown = String.join(", ", columns);
			throw new AnswerException("has no column '%s' in its header, but: %s".formatted(
					this.key.stream().filter((name) -> !columns.contains(name)).findFirst().orElseThrow(),
					(shown.length() > 200) ? shown.substring(0, 200) + "…" : shown));
		}
	}

	/**
	 * Returns how records are read.
	 * @param records where they are in JSON
	 */
	public FormatOptions options(String records) {
		FormatOptions usual = FormatOptions.DEFAULT;
		return new FormatOptions(usual.charset(), usual.replaceMalformed(), usual.compression(), usual.csv(), records,
				(int) Math.min(this.maxBytes, Integer.MAX_VALUE - 8), usual.maxBadLines());
	}

}
