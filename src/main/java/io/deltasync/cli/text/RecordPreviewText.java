package io.deltasync.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.event.Formats;
import io.deltasync.event.Mode;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.RecordPreview.Previewed;
import io.deltasync.trace.RecordPreview.Shown;
import io.deltasync.trace.TraceWords;

/**
 * Formats the first records of a run for people.
 */
public final class RecordPreviewText {

	private RecordPreviewText() {
	}

	public static String of(RecordPreview preview) {
		List<String> parts = new ArrayList<>();
		parts.add(new KeyValueText(
				"Link '%s': the first records of a run (nothing was delivered)".formatted(preview.link()))
			.add("Window", window(preview))
			.add("Reads", preview.reads())
			.add("Strategy", preview.strategy())
			.add("Records", number(preview))
			.addAll("Warnings", preview.warnings())
			.toString());
		for (int i = 0; i < preview.records().size(); i++) {
			parts.add(record(i + 1, preview.records().get(i)));
		}
		return String.join(System.lineSeparator().repeat(2), parts);
	}

	private static String window(RecordPreview preview) {
		if (preview.windowStart() != null) {
			return "from " + Formats.time(preview.windowStart());
		}
		return (preview.mode() == Mode.FULL) ? "everything (full run)" : "everything (there is no successful run yet)";
	}

	private static String number(RecordPreview preview) {
		if (preview.records().isEmpty()) {
			if (preview.askedAgainAt() == null) {
				return preview.more() ? "none in the first scopes, and there are more scopes" : "none";
			}
			return "none yet: a run has the source prepare them first, and asks it again at %s"
				.formatted(Formats.time(preview.askedAgainAt()));
		}
		return Formats.number(preview.records().size()) + (preview.more() ? ", and there are more" : "");
	}

	private static String record(int number, Previewed record) {
		TextTable table = new TextTable("", "PROPERTY", "TYPE", "VALUE");
		rows(table, "source", record.source());
		rows(table, "target", record.target());
		String heading = "Record %d%s, %s: %s".formatted(number,
				(record.key() != null) ? " (" + record.key() + ")" : "", record.operation(),
				TraceWords.of(record.passage()));
		return Printable.line(heading) + System.lineSeparator() + table;
	}

	private static void rows(TextTable table, String end, Map<String, Shown> values) {
		values.forEach(
				(name, shown) -> table.row(end, name, shown.type(), (shown.value() != null) ? shown.value() : "null"));
	}

}
