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
 * A command by which a person decides what becomes of rejects.
 */
abstract class SettlingCommand extends PrintingCommand {

	@Parameters(paramLabel = "REJECT", arity = "1..*", description = "Their numbers, as 'rejects LINK' lists them.")
	private List<Long> ids = new ArrayList<>();

	@Override
	public ExitCode execute(CommandContext engine) {
		Set<Long> distinct = new LinkedHashSet<>(this.ids);
		// before any is changed
		distinct.forEach((id) -> {
			if (!engine.reject(id).state().isWaiting()) {
				throw notWaiting(engine, id);
			}
		});
		for (long id : distinct) {
			if (!settle(engine, id)) {
				throw notWaiting(engine, id);
			}
		}
		List<Reject> settled = distinct.stream().map(engine::reject).toList();
		print(settled, () -> String.join(System.lineSeparator(), settled.stream().map(this::text).toList()));
		return ExitCode.SUCCESS;
	}

	private static UnknownRejectException notWaiting(CommandContext engine, long id) {
		return new UnknownRejectException("Reject %d does not wait any more: it is %s".formatted(id,
				engine.reject(id).state().name().toLowerCase(Locale.ROOT)));
	}

	abstract boolean settle(CommandContext engine, long id);

	abstract String text(Reject reject);

}
