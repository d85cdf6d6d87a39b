package io.deltasync.cli.text;

import java.util.List;
import java.util.Locale;

import io.deltasync.event.Formats;
import io.deltasync.reject.Reject;

/**
 * Formats rejects as a table.
 */
public final class RejectsText {

	private static final int MOST_WORDS = 100;

	private RejectsText() {
	}

	public static String of(String link, List<Reject> rejects) {
		if (rejects.isEmpty()) {
			return "No record of Link '%s' waits to be delivered".formatted(link);
		}
		TextTable table = new TextTable("REJECT", "STATE", "KEY", ">FAILED RUNS", "SINCE", "LAST EVENT", "STAGE",
				"REASON");
		for (Reject reject : rejects) {
			table.row(String.valueOf(reject.id()), word(reject.state()), (reject.key() != null) ? reject.key() : "-",
					Formats.number(reject.attempts()), Formats.time(reject.firstSeen()),
					String.valueOf(reject.lastEvent()), word(reject.stage()), reason(reject));
		}
		return table.toString();
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private static String reason(Reject reject) {
		String line = Printable.line(reject.message().lines().findFirst().orElse(""));
		return (line.length() <= MOST_WORDS) ? line : line.substring(0, MOST_WORDS - 1) + "…";
	}

}
