package io.deltasync.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.deltasync.reject.Reject;
import picocli.CommandLine.Parameters;

/**
 * A command by which a person decides what becomes of rejects.
 */
abstract class SettlingCommand extends PrintingCommand {

	@Parameters(paramLabel = "REJECT", arity = "1..*", description = "Their numbers, as 'rejects LINK' lists them.")
	private List<Long> ids = new ArrayList<>();

	@Override
	public ExitCode execute(Engine engine) {
		this.ids.forEach((id) -> engine.reject(id));
		for (long id : this.ids) {
			if (!settle(engine, id)) {
				throw new UnknownRejectException("Reject %d does not wait any more: it is %s".formatted(id,
						engine.reject(id).state().name().toLowerCase(Locale.ROOT)));
			}
		}
		List<Reject> settled = this.ids.stream().map(engine::reject).toList();
		print(settled, () -> String.join(System.lineSeparator(), settled.stream().map(this::text).toList()));
		return ExitCode.SUCCESS;
	}

	abstract boolean settle(Engine engine, long id);

	abstract String text(Reject reject);

}
