package io.deltasync.cli;

import io.deltasync.reject.Reject;
import picocli.CommandLine;

/**
 * {@code acknowledge REJECT…}.
 */
@CommandLine.Command(name = "acknowledge",
		description = "Lets rejects fail no more runs, so that the window can move. They stay stored, and are tried on their own until they are delivered.")
class AcknowledgeCommand extends SettlingCommand {

	@Override
	boolean settle(CommandContext engine, long id) {
		return engine.rejects().acknowledge(id, engine.clock().instant());
	}

	@Override
	String text(Reject reject) {
		String next = (reject.notRestorable() == null) ? "it is tried on its own from the next run on"
				: "it cannot be tried on its own (%s), so it is delivered when it changes at the source, or by a run with --full"
					.formatted(reject.notRestorable());
		return "Reject %d (record %s of Link '%s') fails no more runs; %s".formatted(reject.id(), reject.key(),
				reject.link(), next);
	}

}
