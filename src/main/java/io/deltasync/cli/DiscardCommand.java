package io.deltasync.cli;

import io.deltasync.reject.Reject;
import picocli.CommandLine;

/**
 * {@code discard REJECT…}.
 */
@CommandLine.Command(name = "discard",
		description = "Gives rejects up: these versions of the records are not delivered, and fail no runs.")
class DiscardCommand extends SettlingCommand {

	@Override
	boolean settle(CommandContext engine, long id) {
		return engine.rejects().discard(id);
	}

	@Override
	String text(Reject reject) {
		return "Reject %d (record %s of Link '%s') was given up, until the record changes".formatted(reject.id(),
				reject.key(), reject.link());
	}

}
