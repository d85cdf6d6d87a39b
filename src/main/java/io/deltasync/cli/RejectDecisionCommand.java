package io.deltasync.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.deltasync.config.ExitCode;
import io.deltasync.reject.Reject;
import picocli.CommandLine.Parameters;

/**
 * A command with which a person acknowledges or discards rejects.
 */
abstract class RejectDecisionCommand extends PrintingCommand {

	@Parameters(paramLabel = "REJECT", arity = "1..*",
			description = "The numbers of the rejects, as listed by 'rejects LINK'.")
	private List<Long> ids = new ArrayList<>();

	@Override
	public ExitCode execute(CommandContext context) {
		Set<Long> distinct = new LinkedHashSet<>(this.ids);
		// checks all before changing any
		distinct.forEach((id) -> {
			if (!context.reject(id).state().isWaiting()) {
				throw notWaiting(context, id);
			}
		});
		for (long id : distinct) {
			if (!apply(context, id)) {
				throw notWaiting(context, id);
			}
		}
		List<Reject> decided = distinct.stream().map(context::reject).toList();
		print(decided, () -> String.join(System.lineSeparator(), decided.stream().map(this::text).toList()));
		return ExitCode.SUCCESS;
	}

	private static UnknownRejectException notWaiting(CommandContext context, long id) {
		return new UnknownRejectException("Reject %d is no longer waiting: it is %s".formatted(id,
				context.reject(id).state().name().toLowerCase(Locale.ROOT)));
	}

	abstract boolean apply(CommandContext context, long id);

	abstract String text(Reject reject);

}
