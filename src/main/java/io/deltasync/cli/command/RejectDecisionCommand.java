package io.deltasync.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.backend.UnknownRejectException;
import io.deltasync.config.ExitCode;
import io.deltasync.event.Formats;
import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.reject.Reject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command with which a person acknowledges or discards rejects.
 */
abstract class RejectDecisionCommand extends PrintingCommand implements BackendCommand {

	private final Decision decision;

	@ArgGroup(multiplicity = "1")
	@SuppressWarnings("NullAway.Init")
	private Chosen chosen;

	RejectDecisionCommand(Decision decision) {
		this.decision = decision;
	}

	@Override
	public ExitCode execute(Backend backend) {
		if (this.chosen.byReason != null) {
			decideByReason(backend, this.chosen.byReason.link, this.chosen.byReason.reason);
		}
		else {
			decideByNumber(backend, new LinkedHashSet<>(this.chosen.ids));
		}
		return ExitCode.SUCCESS;
	}

	private void decideByReason(Backend backend, String link, String reason) {
		if (reason.isBlank()) {
			throw new UnknownRejectException(
					"--reason is empty; give a part of the reason, as 'rejects %s' shows it".formatted(link));
		}
		long changed = backend.decide(this.decision, link, reason);
		if (changed == 0) {
			throw new UnknownRejectException("No %s reject of Link '%s' has a reason that contains '%s'"
				.formatted((this.decision == Decision.ACKNOWLEDGE) ? "open" : "waiting", link, reason));
		}
		Decided decided = new Decided(link, reason, changed);
		print(decided, () -> "%s of Link '%s' %s"
			.formatted(Formats.number(changed) + ((changed == 1) ? " reject" : " rejects"), link, text(changed == 1)));
	}

	private void decideByNumber(Backend backend, Set<Long> distinct) {
		// checks all before changing any
		distinct.forEach((id) -> {
			if (!backend.reject(id).state().isWaiting()) {
				throw notWaiting(backend, id);
			}
		});
		for (long id : distinct) {
			if (!backend.decide(this.decision, id)) {
				throw notWaiting(backend, id);
			}
		}
		List<Reject> decided = distinct.stream().map(backend::reject).toList();
		print(decided, () -> String.join(System.lineSeparator(), decided.stream().map(this::text).toList()));
	}

	private static UnknownRejectException notWaiting(Backend backend, long id) {
		return new UnknownRejectException("Reject %d is no longer waiting: it is %s".formatted(id,
				backend.reject(id).state().name().toLowerCase(Locale.ROOT)));
	}

	abstract String text(Reject reject);

	/** Continues a sentence that begins with a number of rejects. */
	abstract String text(boolean one);

	/**
	 * What was decided by reason. The components are its fields in JSON.
	 *
	 * @param link the Link's name
	 * @param reason the text that the reasons contain
	 * @param rejects how many rejects were changed
	 */
	record Decided(String link, String reason, long rejects) {
	}

	/** Either numbers or a reason. */
	static class Chosen {

		@Parameters(paramLabel = "REJECT", arity = "1..*",
				description = "The numbers of the rejects, as listed by 'rejects LINK'.")
		private List<Long> ids = new ArrayList<>();

		@ArgGroup(exclusive = false, multiplicity = "1")
		private @Nullable ByReason byReason;

	}

	/** All rejects of a Link with some reason. */
	static class ByReason {

		@Option(names = "--link", paramLabel = "LINK", required = true,
				description = "The Link whose rejects are meant, instead of their numbers.")
		private String link = "";

		@Option(names = "--reason", paramLabel = "TEXT", required = true,
				description = "A part of their reason. All rejects of the Link with such a reason are meant.")
		private String reason = "";

	}

}
