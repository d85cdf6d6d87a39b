package io.deltasync.cli.command;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.RequestsText;
import io.deltasync.config.ExitCode;
import io.deltasync.console.WaitingRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code requests LINK [--limit N]} or
 * {@code requests LINK --discard REQUEST…}.
 */
@CommandLine.Command(name = "requests",
		description = "Lists the requests that were pushed to a Link and wait to be delivered, or discards some of them.")
public class RequestsCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	private String link = "";

	@Mixin
	private LimitOption limit = new LimitOption();

	@Option(names = "--discard", paramLabel = "REQUEST", arity = "1..*",
			description = "The numbers of requests that are not to be delivered.")
	private @Nullable List<Long> discarded;

	@Override
	public ExitCode execute(Backend backend) throws Exception {
		if (this.discarded == null) {
			List<WaitingRequest> requests = backend.requests(this.link, this.limit.value());
			print(requests, () -> RequestsText.of(this.link, requests));
			return ExitCode.SUCCESS;
		}
		List<Long> done = new ArrayList<>();
		for (long id : this.discarded.stream().distinct().toList()) {
			backend.discardRequest(this.link, id);
			done.add(id);
		}
		print(new Discarded(this.link, done),
				() -> String.join(System.lineSeparator(), done.stream()
					.map((id) -> "Request %d of Link '%s' is discarded: it is not delivered".formatted(id, this.link))
					.toList()));
		return ExitCode.SUCCESS;
	}

	/**
	 * What was discarded. The components are its fields in JSON.
	 *
	 * @param link the Link's name
	 * @param discarded the numbers of the requests
	 */
	record Discarded(String link, List<Long> discarded) {
	}

}
