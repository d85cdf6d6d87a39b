package io.deltasync.console.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

import io.deltasync.api.FetchStrategy;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.console.security.Role;
import io.deltasync.event.SyncEvents;
import io.deltasync.testing.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about the REST API: its examples succeed, and it describes every problem.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ApiDocumentationIT {

	private static final Path PAGE = Path.of("docs/api.md");

	private static final Pattern COMMAND = Pattern.compile("(?m)^curl .*$");

	@Test
	void examplesSucceed(@TempDir Path directory) throws IOException, InterruptedException {
		List<String> commands = COMMAND.matcher(Files.readString(PAGE)).results().map((one) -> one.group()).toList();
		assertThat(commands).hasSizeGreaterThan(8);
		try (ConsoleFixture console = ConsoleFixture.scripted(List.of("customers"))) {
			console.script().plan = (source, context) -> FetchStrategy.scopes(List.of("all"));
			console.script().fetch = (source, context, scope) -> Script.records(0, 3);
			console.script().marked.add(1);
			for (String command : commands) {
				run(command, directory, console);
				awaitEnd(console.bean(SyncEvents.class));
			}
		}
	}

	private static void run(String command, Path directory, ConsoleFixture console)
			throws IOException, InterruptedException {
		Path output = directory.resolve("output");
		ProcessBuilder shell = new ProcessBuilder("bash", "-c", command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		shell.environment()
			.putAll(Map.of("DELTASYNC", console.address().toString(), "TOKEN", console.token(Role.ADMIN)));
		assertThat(shell.start().waitFor()).as("%s: %s", command, Files.readString(output)).isZero();
	}

	/** A reader of the page would wait for it, too. */
	private static void awaitEnd(SyncEvents events) {
		while (events.newest("customers").filter((event) -> event.endedAt() == null).isPresent()) {
			LockSupport.parkNanos(20_000_000);
		}
	}

	@Test
	void everyProblemHasItsHeading() throws IOException {
		assertThat(Files.readString(PAGE)).contains(Arrays.stream(ProblemType.values())
			.map((type) -> "\n### %s\n\n%d: ".formatted(type.anchor(), type.status().value()))
			.toList());
	}

}
