package io.deltasync.cli.command;

import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.reject.Reject;
import picocli.CommandLine;

/**
 * The command {@code discard REJECT…} or {@code discard --link LINK --reason TEXT}.
 */
@CommandLine.Command(name = "discard",
		description = "Discards rejects: these versions of the records are not delivered, and no longer fail runs.")
public class DiscardCommand extends RejectDecisionCommand {

	DiscardCommand() {
		super(Decision.DISCARD);
	}

	@Override
	String text(boolean one) {
		return one ? "is discarded until its record changes" : "are discarded until their records change";
	}

	@Override
	String text(Reject reject) {
		return "Reject %d (record %s of Link '%s') is discarded until the record changes".formatted(reject.id(),
				reject.key(), reject.link());
	}

}
