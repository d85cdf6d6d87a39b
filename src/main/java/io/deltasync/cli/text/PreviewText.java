package io.deltasync.cli.text;

import io.deltasync.event.Formats;
import io.deltasync.event.Mode;
import io.deltasync.run.plan.Preview;

/**
 * Formats a preview for people.
 */
public final class PreviewText {

	private PreviewText() {
	}

	public static String of(Preview preview) {
		return new KeyValueText("Link '%s': plan of a run (nothing was fetched)".formatted(preview.link()))
			.add("Testing", preview.testing() ? "a run would not change the target, nor move the window" : null)
			.add("Window", window(preview))
			.add("Cursor", preview.cursorBefore())
			.add("Reads", preview.reads())
			.add("Strategy", preview.strategy())
			.add("Expected",
					(preview.expectedTotalRecords() != null) ? Formats.records(preview.expectedTotalRecords()) : null)
			.add("Scopes", (preview.scopes() != null) ? Formats.number(preview.scopes()) : null)
			.addAll("Warnings", preview.warnings())
			.toString();
	}

	private static String window(Preview preview) {
		if (preview.windowStart() != null) {
			return "from " + Formats.time(preview.windowStart());
		}
		return (preview.mode() == Mode.FULL) ? "everything (full run)" : "everything (there is no successful run yet)";
	}

}
