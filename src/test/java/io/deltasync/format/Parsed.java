package io.deltasync.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reader returns for a text, a line for each record: {@code 2{a=1}} or
 * {@code 3!problem}.
 */
final class Parsed {

	private Parsed() {
	}

	static List<String> of(FileFormat format, FormatOptions options, String text) throws IOException {
		return of(format, options, text.getBytes(StandardCharsets.UTF_8));
	}

	static List<String> of(FileFormat format, FormatOptions options, byte[] bytes) throws IOException {
		List<String> parsed = new ArrayList<>();
		try (RecordReader reader = format.open(new ByteArrayInputStream(bytes), "orders", options)) {
			ParsedRecord record = reader.next();
			while (record != null) {
				parsed.add(record.line()
						+ ((record.problem() != null) ? "!" + record.problem() : record.properties().toString()));
				record = reader.next();
			}
		}
		return parsed;
	}

}
