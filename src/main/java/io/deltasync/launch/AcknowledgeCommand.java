package io.deltasync.launch;

import io.deltasync.reject.Reject;
import picocli.CommandLine;

/**
 * {@code acknowledge REJECT…}.
 */
@CommandLine.Command(name = "acknowledge",
		description = "Lets rejects fail no more runs, so that the window can move. They stay stored, and are tried on their own until they are delivered.")
class AcknowledgeCommand extends SettlingCommand {

	@Override
	boolean settle(Engine engine, long id) {
		return engine.rejects().acknowledge(id, engine.clock().instant());
	}

	@Override
	String text(Reject reject) {
		return "Reject %d (record %s of Link '%s') fails no more runs; it is tried on its own from the next run on"
			.formatted(reject.id(), reject.key(), reject.link());
	}

}
