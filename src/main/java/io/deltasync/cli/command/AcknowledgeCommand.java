package io.deltasync.cli.command;

import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.reject.Reject;
import picocli.CommandLine;

/**
 * The command {@code acknowledge REJECT…} or
 * {@code acknowledge --link LINK --reason TEXT}.
 */
@CommandLine.Command(name = "acknowledge",
		description = "Stops rejects from failing runs, so that the window can move. They stay stored, and are retried separately until they are delivered.")
public class AcknowledgeCommand extends RejectDecisionCommand {

	AcknowledgeCommand() {
		super(Decision.ACKNOWLEDGE);
	}

	@Override
	String text(boolean one) {
		return one ? "no longer fails runs; it is retried separately until it is delivered"
				: "no longer fail runs; they are retried separately until they are delivered";
	}

	@Override
	String text(Reject reject) {
		String next = (reject.notRestorable() == null) ? "it is retried separately from the next run on"
				: "it cannot be retried separately (%s), so it is delivered when it changes at the source, or by a run with --full"
					.formatted(reject.notRestorable());
		return "Reject %d (record %s of Link '%s') no longer fails runs; %s".formatted(reject.id(), reject.key(),
				reject.link(), next);
	}

}
