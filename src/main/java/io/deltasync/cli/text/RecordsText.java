package io.deltasync.cli.text;

import java.util.List;
import java.util.Locale;

import io.deltasync.event.Formats;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.SyncEvent;

/**
 * Formats the outcomes of single records as a table.
 */
public final class RecordsText {

	private static final int MOST_WORDS = 100;

	private RecordsText() {
	}

	public static String of(SyncEvent event, List<LoggedRecord> records) {
		if (records.isEmpty()) {
			return ("No single records are stored for event %d. The Link's setting 'logging: warnings' stores records with "
					+ "warnings, 'logging: all' stores all; 'rejects %s' lists the records that wait to be delivered")
				.formatted(event.id(), event.link());
		}
		TextTable table = new TextTable(">SCOPE", "KEY", "OUTCOME", "MESSAGE");
		for (LoggedRecord record : records) {
			table.row((record.scope() != null) ? String.valueOf(record.scope()) : "-",
					(record.key() != null) ? record.key() : "-", record.outcome().name().toLowerCase(Locale.ROOT),
					(record.message() != null) ? excerpt(record.message()) : "");
		}
		return table.toString();
	}

	private static String excerpt(String message) {
		String line = message.lines().findFirst().orElse("");
		return (line.length() <= MOST_WORDS) ? line : line.substring(0, MOST_WORDS - 1) + "…";
	}

}
