package io.deltasync.launch;

import io.deltasync.event.Mode;
import io.deltasync.run.Preview;
import org.jspecify.annotations.Nullable;

/**
 * A preview as a person reads it.
 */
final class PreviewText {

	private PreviewText() {
	}

	static String of(Preview preview) {
		return new Facts("Link '%s': what a run would begin with (nothing was fetched)".formatted(preview.link()))
			.add("Window", window(preview))
			.add("Cursor", preview.cursorBefore())
			.add("Strategy", preview.strategy())
			.add("Expected", records(preview.expectedTotalRecords()))
			.add("Scopes", (preview.scopes() != null) ? Words.number(preview.scopes()) : null)
			.addAll("Warnings", preview.warnings())
			.toString();
	}

	private static String window(Preview preview) {
		if (preview.windowStart() != null) {
			return "from " + Words.time(preview.windowStart());
		}
		return (preview.mode() == Mode.FULL) ? "everything (full run)" : "everything (there is no successful run yet)";
	}

	private static @Nullable String records(@Nullable Long total) {
		return (total != null) ? Words.number(total) + " records" : null;
	}

}
