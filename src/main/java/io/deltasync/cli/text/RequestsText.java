package io.deltasync.cli.text;

import java.util.List;

import io.deltasync.console.WaitingRequest;
import io.deltasync.event.Formats;

/**
 * Formats pushed requests that wait as a table.
 */
public final class RequestsText {

	private static final int MOST_WORDS = 100;

	private RequestsText() {
	}

	public static String of(String link, List<WaitingRequest> requests) {
		if (requests.isEmpty()) {
			return "No pushed request of Link '%s' waits to be delivered".formatted(link);
		}
		TextTable table = new TextTable("REQUEST", "RECEIVED", ">RECORDS", ">BYTES", "IDEMPOTENCY KEY", "LAST ERROR");
		for (WaitingRequest request : requests) {
			table.row(String.valueOf(request.id()), Formats.time(request.receivedAt()),
					Formats.number(request.records()), Formats.number(request.bytes()), request.idempotencyKey(),
					(request.error() != null) ? line(request.error()) : "-");
		}
		return table.toString();
	}

	private static String line(String error) {
		String line = Printable.line(error.lines().findFirst().orElse(""));
		return (line.length() <= MOST_WORDS) ? line : line.substring(0, MOST_WORDS - 1) + "…";
	}

}
