package io.deltasync.file.write;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.deltasync.format.FileFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the records of a joined file as the options say.
 */
final class FinishedFile {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final TypeReference<Map<String, @Nullable String>> LINE = new TypeReference<>() {
	};

	private final JoinedParts parts;

	private final FileTargetOptions options;

	FinishedFile(JoinedParts parts, FileTargetOptions options) {
		this.parts = parts;
		this.options = options;
	}

	void write(String joined, OutputStream out) throws IOException {
		OutputStream compressed = this.options.gzip() ? new GZIPOutputStream(out) : out;
		try (Writer writer = new BufferedWriter(new OutputStreamWriter(compressed, StandardCharsets.UTF_8));
				BufferedReader records = this.parts.records(joined)) {
			if (this.options.format() == FileFormat.JSONL) {
				records.transferTo(writer);
			}
			else {
				writeCsv(columns(joined), records, writer);
			}
		}
	}

	private List<String> columns(String joined) throws IOException {
		Set<String> columns = new LinkedHashSet<>(this.options.columns());
		String operation = this.options.operationColumn();
		if (columns.isEmpty()) {
			try (BufferedReader records = this.parts.records(joined)) {
				for (String line = records.readLine(); line != null; line = records.readLine()) {
					columns.addAll(JSON.readValue(line, LINE).keySet());
				}
			}
		}
		else if (operation != null) {
			columns.add(operation);
		}
		return List.copyOf(columns);
	}

	private void writeCsv(List<String> columns, BufferedReader records, Writer writer) throws IOException {
		CsvWriter csv = CsvWriter.builder()
			.fieldSeparator(this.options.delimiter())
			.lineDelimiter(LineDelimiter.LF)
			.quoteStrategy(new Quotes(this.options.quote() == FileTargetOptions.Quote.ALWAYS))
			.build(writer);
		if (this.options.headerLine()) {
			csv.writeRecord(columns);
		}
		List<@Nullable String> values = new ArrayList<>(columns.size());
		for (String line = records.readLine(); line != null; line = records.readLine()) {
			Map<String, @Nullable String> record = JSON.readValue(line, LINE);
			values.clear();
			columns.forEach((column) -> values.add(record.get(column)));
			csv.writeRecord(values);
		}
		csv.flush();
	}

	/** The empty text differs from null by its quotes. */
	private record Quotes(boolean always) implements QuoteStrategy {

		@Override
		public boolean quoteNull(int line, int field) {
			return false;
		}

		@Override
		public boolean quoteEmpty(int line, int field) {
			return true;
		}

		@Override
		public boolean quoteValue(int line, int field, String value) {
			return this.always;
		}

	}

}
