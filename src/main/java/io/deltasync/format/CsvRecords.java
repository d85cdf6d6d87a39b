package io.deltasync.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.deltasync.api.RowLayout;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV. A record that cannot be read costs only its first line: reading continues
 * with the next one, because a quote that is not closed hides all lines after it.
 */
final class CsvRecords implements RecordReader {

	private final LineFeed feed;

	private final String name;

	private final FormatOptions options;

	private final CsvFields fields;

	private final BadLines badLines;

	private Iterator<CsvRecord> parser;

	private final List<String> header;

	private final @Nullable RowLayout layout;

	/** The last line of the records that could not be read. */
	private long doubtfulUpTo;

	CsvRecords(TextLines lines, String name, FormatOptions options) throws IOException {
		this.name = name;
		this.options = options;
		for (int i = 0; i < options.csv().skipLines(); i++) {
			lines.next();
		}
		this.feed = new LineFeed(lines, options.maxRecordLength());
		this.fields = new CsvFields(options.csv());
		this.badLines = new BadLines(name, options.maxBadLines());
		this.parser = parser();
		this.header = options.csv().header().isEmpty() ? readHeader() : options.csv().header();
		this.layout = this.header.isEmpty() ? null : new RowLayout(this.header);
	}

	private Iterator<CsvRecord> parser() {
		int most = Math.max(this.options.maxRecordLength(), 1);
		CsvRecordHandler handler = CsvRecordHandler.builder()
			.maxFieldSize(most)
			.maxRecordSize(most)
			.fieldModifier(this.fields)
			.build();
		FormatOptions.Csv csv = this.options.csv();
		return CsvReader.builder()
			.fieldSeparator(csv.delimiter())
			.quoteCharacter(csv.quote())
			.allowUnclosedQuote(false)
			.skipEmptyLines(true)
			// the header decides how many there are, not the first record
			.missingFieldStrategy(FieldMismatchStrategy.IGNORE)
			.extraFieldStrategy(FieldMismatchStrategy.IGNORE)
			.build(handler, this.feed)
			.iterator();
	}

	private List<String> readHeader() throws IOException {
		ParsedLine line = parse();
		if (line == null) {
			return List.of();
		}
		if (line.problem() != null) {
			throw new FormatException(this.name, line.number(), "the header cannot be read: " + line.problem());
		}
		List<String> names = new ArrayList<>();
		Set<String> known = new HashSet<>();
		for (String field : line.values()) {
			String problem = field.isBlank() || CsvFields.isNull(field)
					? "column %d has no name in the header".formatted(names.size() + 1)
					: !known.add(field) ? "the header has the name '%s' twice".formatted(field) : null;
			if (problem != null) {
				throw new FormatException(this.name, line.number(),
						problem + "; give the names with header, and skip this line with skip-lines: %d"
							.formatted(line.number()));
			}
			names.add(field);
		}
		return names;
	}

	@Override
	public List<String> columns() {
		return this.header;
	}

	@Override
	public @Nullable ParsedRecord next() throws IOException {
		RowLayout layout = this.layout;
		ParsedLine line = (layout != null) ? parse() : null;
		if (layout == null || line == null) {
			return null;
		}
		String problem = (line.problem() != null) ? line.problem() : mismatch(line.values());
		if (problem != null) {
			if (line.problem() == null && line.lines() > 1) {
				startAfterFirstLine();
			}
			return this.badLines.add(line.number(), problem);
		}
		this.badLines.reset();
		return new ParsedRecord(line.number(), layout.row(values(line.values())), null);
	}

	private @Nullable String mismatch(List<String> values) {
		FormatOptions.Csv csv = this.options.csv();
		int expected = this.header.size();
		boolean fits = (values.size() == expected) || (values.size() < expected && csv.allowMissing())
				|| (values.size() > expected && csv.allowExtra());
		return fits ? null : "the line has %d values, but there are %d columns".formatted(values.size(), expected);
	}

	private @Nullable Object[] values(List<String> fields) {
		@Nullable Object[] values = new @Nullable Object[this.header.size()];
		for (int i = 0; i < Math.min(values.length, fields.size()); i++) {
			String field = fields.get(i);
			values[i] = CsvFields.isNull(field) ? null : field;
		}
		return values;
	}

	/** Parses the next record that is not blank; returns null at the end. */
	private @Nullable ParsedLine parse() throws IOException {
		while (true) {
			this.feed.beginRecord();
			this.fields.begin();
			String problem = null;
			List<String> values = List.of();
			try {
				if (!this.parser.hasNext()) {
					return null;
				}
				values = this.parser.next().getFields();
			}
			catch (CsvParseException | UncheckedIOException ex) {
				problem = CsvProblem.of(ex, this.options);
			}
			TextLine first = this.feed.first();
			if (first == null) {
				throw new FormatException(this.name, 1, "there is no line");
			}
			if (problem != null) {
				startAfterFirstLine();
			}
			else if (values.size() == 1 && this.header != null && this.header.size() > 1 && values.get(0).isBlank()
					&& !CsvFields.isNull(values.get(0))) {
				continue;
			}
			return new ParsedLine(first.number(), this.feed.given().size(), values, problem(first, problem));
		}
	}

	private @Nullable String problem(TextLine first, @Nullable String found) {
		for (TextLine line : this.feed.given()) {
			String problem = line.problem(this.options);
			if (problem != null) {
				return problem;
			}
		}
		if (found == null && first.number() <= this.doubtfulUpTo && this.fields.isStrayQuote()) {
			return "a value without quotes contains a quote, after a line that cannot be read";
		}
		return found;
	}

	private void startAfterFirstLine() {
		TextLine last = this.feed.last();
		this.doubtfulUpTo = Math.max(this.doubtfulUpTo, (last != null) ? last.number() : 0);
		this.feed.returnLines();
		this.parser = parser();
	}

	@Override
	public void close() throws IOException {
		this.feed.close();
	}

	/** The values of a record, or what is wrong with it. */
	private record ParsedLine(long number, int lines, List<String> values, @Nullable String problem) {
	}

}
