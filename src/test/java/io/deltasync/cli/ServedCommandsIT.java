package io.deltasync.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.api.FetchStrategy;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.event.SyncEvent;
import io.deltasync.testing.Script;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.DefaultApplicationArguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands through a server print what they print directly, and end with the same exit
 * codes. Both are executed by this process, on the same database.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ServedCommandsIT {

	private static final String ODD = "a/b c%?#ü;x";

	@TempDir
	private static Path directory;

	private static ConsoleFixture console;

	private static String failed;

	private static String logged;

	@BeforeAll
	static void start() throws IOException {
		console = ConsoleFixture.scripted(List.of("customers", "orders", ODD, "followed", "held", "decided"),
				"deltasync.links[customers].logging=all", "spring.main.banner-mode=off");
		token("admin", console.token(Role.ADMIN));
		token("operator", console.token(Role.OPERATOR));
		token("customers", console.token(Role.OPERATOR, "customers"));
		token("unknown", "deltasync_unknown");
		records(4);
		console.script().marked.addAll(List.of(1, 2));
		failed = id(directly("run", "orders", "--json"));
		directly("run", ODD, "--json");
		console.script().reset();
		records(230);
		logged = id(directly("run", "customers", "--json"));
		directly("run", "customers", "--json");
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@BeforeEach
	void reset() {
		console.script().reset();
	}

	private static void token(String name, String token) throws IOException {
		Files.writeString(directory.resolve(name), token + "\n");
	}

	private static void records(int count) {
		console.script().plan = (source, context) -> FetchStrategy.scopes(List.of("one"));
		console.script().fetch = (source, context, scope) -> Script.records(0, count);
	}

	private static String id(Result result) {
		return json(result).get("id").asString();
	}

	private static JsonNode json(Result result) {
		return JsonMapper.shared().readTree(result.out);
	}

	private static Result directly(String... arguments) {
		return capture(() -> {
			Commands commands = console.bean(Commands.class);
			commands.run(new DefaultApplicationArguments(arguments));
			return commands.getExitCode();
		});
	}

	private static Result served(String... arguments) {
		return servedAs("admin", arguments);
	}

	private static Result servedAs(String token, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--server", console.address() + "/", "--token-file", directory.resolve(token).toString()));
		return answer(all.toArray(String[]::new));
	}

	private static Result answer(String... arguments) {
		return capture(() -> UsageCheck.answer(arguments).orElseThrow());
	}

	private static Result capture(Command command) {
		PrintStream out = System.out;
		PrintStream err = System.err;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		ByteArrayOutputStream reported = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		System.setErr(new PrintStream(reported, true, StandardCharsets.UTF_8));
		try {
			int exitCode = command.execute();
			return new Result(exitCode, printed.toString(StandardCharsets.UTF_8),
					reported.toString(StandardCharsets.UTF_8));
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
	}

	/**
	 * Leaves out ages, which grow between two commands, and the width of their column.
	 */
	private static String ageless(String text) {
		return text.replaceAll("(age_seconds\\S*) .*", "$1")
			.replaceAll("\\d+(\\.\\d)? ?(s|min)\\b( \\d+ s)?", "AGE")
			.replaceAll(" +", " ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "links", "links --json", "events", "events --json", "events --limit 2", "events orders",
			"events customers --limit 1 --json", "events ordres", "event FAILED", "event FAILED --json", "event LOGGED",
			"event LOGGED --records --limit 225", "event LOGGED --records --limit 5 --json", "event FAILED --records",
			"event 999999", "event abc", "rejects orders", "rejects orders --json", "rejects orders --limit 1",
			"rejects customers", "rejects ODD", "rejects ordres", "window orders", "window orders --json", "window ODD",
			"window orders --set 2999-01-01T00:00:00Z", "window orders --keep", "window ordres", "plan orders",
			"plan orders --full --json", "plan ordres", "preview orders", "preview orders --limit 1 --full --json",
			"preview ordres", "validate", "validate orders --json", "validate ordres", "prune --dry-run",
			"prune --dry-run --json", "prune --forget orders", "prune --forget gone", "metrics", "token list",
			"token list --json", "token create odd:name --role viewer", "token create new --role viewer --link ordres",
			"token create new --role viewer --expires soon", "token delete nobody", "user list", "user list --json",
			"user add admins --role viewer --generate", "user password nobody --generate", "user delete nobody",
			"run ordres", "run orders --full-if-due", "restart LOGGED", "restart 999999", "replay LOGGED",
			"replay 999999", "stop FAILED", "stop 999999", "acknowledge 999999",
			"discard --link orders --reason nothing", "discard --link ordres --reason nothing",
			"acknowledge --link orders --reason ", "check", "check orders --json", "check --max-age 2h", "check ordres",
			"check customers ODD", "trace orders 1", "trace orders 1 --json", "trace ODD id=1", "trace ordres 1",
			"trace orders 1 --deliver", "requests orders", "requests orders --json", "requests ordres",
			"requests orders --discard 7 8", "resume orders", "resume ordres", "pause ordres" })
	void aCommandPrintsTheSameThroughAServer(String line) {
		String[] arguments = line.replace("FAILED", failed).replace("LOGGED", logged).split(" ", -1);
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = arguments[i].equals("ODD") ? ODD : arguments[i];
		}

		Result direct = directly(arguments);
		Result served = served(arguments);

		assertThat(ageless(served.out)).isEqualTo(ageless(direct.out));
		assertThat(served.err).isEqualTo(direct.err);
		assertThat(served.exitCode).isEqualTo(direct.exitCode);
		assertThat(served.out + served.err).isNotBlank();
	}

	@Test
	void aRunIsFollowedToItsEndAndEndsTheCommandWithItsExitCode() {
		records(3);
		console.script().marked.add(1);

		Result result = served("run", "followed", "--full", "--rewrite", "--json");

		assertThat(result.exitCode).as(result.err).isEqualTo(3);
		JsonNode event = json(result);
		assertThat(event.get("mode").asString()).isEqualTo("FULL");
		assertThat(event.get("status").asString()).isEqualTo("COMPLETED");
		assertThat(event.at("/records/failed").asInt()).isEqualTo(1);
		assertThat(event.get("trigger").asString()).startsWith("console:token:");
		console.script().marked.clear();
		assertThat(served("replay", id(result)).out).contains("Replay of event " + id(result));
		assertThat(served("run", "followed", "--testing").out).contains("(testing)");
	}

	@Test
	void aRunThatIsNotWaitedForIsStoppedByAnotherCommand() {
		console.script().plan = (source, context) -> FetchStrategy.scopes(List.of("one"));
		console.script().fetch = (source, context, scope) -> {
			return Stream.generate(() -> Script.record(0))::iterator;
		};

		Result started = served("run", "held", "--no-wait", "--json");
		assertThat(started.exitCode).as(started.out + started.err).isZero();
		assertThat(json(started).get("endedAt").isNull()).isTrue();
		Result busy = served("run", "held");
		assertThat(busy.exitCode).isEqualTo(6);
		assertThat(busy.err).contains("Link 'held' is busy");

		assertThat(served("stop", id(started)).out).contains("was asked to stop");
		SyncEvent ended = console.await(Long.parseLong(id(started)));
		assertThat(ended.status()).as("%s", ended).isEqualTo(SyncEvent.Status.STOPPED);
		Result direct = directly("run", "held", "--no-wait");
		assertThat(direct.exitCode).isEqualTo(2);
		assertThat(direct.err).contains("--no-wait needs a running 'serve'");
	}

	@Test
	void rejectsAreDecidedAndAWindowIsSet() {
		records(4);
		console.script().marked.addAll(List.of(0, 1, 2, 3));
		served("run", "decided", "--full");
		JsonNode rejects = json(served("rejects", "decided", "--json"));
		String first = rejects.at("/0/id").asString();
		String second = rejects.at("/1/id").asString();

		Result acknowledged = served("acknowledge", first, first);
		assertThat(acknowledged.exitCode).as(acknowledged.err).isZero();
		assertThat(acknowledged.out)
			.isEqualTo(directly("acknowledge", second).out.replace("Reject " + second, "Reject " + first)
				.replace("record " + rejects.at("/1/key").asString(), "record " + rejects.at("/0/key").asString()));
		Result all = served("discard", "--link", "decided", "--reason",
				rejects.at("/0/message").asString().substring(0, 4));
		assertThat(all.out.strip()).isEqualTo("4 rejects of Link 'decided' are discarded until their records change");
		assertThat(served("discard", first).err).isEqualTo(directly("discard", first).err)
			.contains("no longer waiting");

		assertThat(served("window", "decided", "--set", "2026-01-01T00:00:00Z").out).contains("2026-01-01T00:00:00Z",
				"by a person");
	}

	@Test
	void aLinkIsPausedAndResumed() {
		Result paused = served("pause", "decided", "--reason", "the ERP is moved");
		assertThat(paused.exitCode).as(paused.err).isZero();
		assertThat(paused.out).startsWith("Link 'decided' is paused: no process runs it automatically");
		assertThat(served("pause", "decided").out).isEqualTo(directly("pause", "decided").out)
			.startsWith("Link 'decided' was paused already, by token:");
		assertThat(console.bean(AuditLog.class).newest("decided", Long.MAX_VALUE, 1)).extracting(AuditEntry::after)
			.containsExactly("the ERP is moved");
		assertThat(served("resume", "decided").out.strip()).isEqualTo("Link 'decided' is run automatically again");
		assertThat(directly("resume", "decided").out.strip()).isEqualTo("Link 'decided' was not paused");
	}

	@Test
	void accessIsGivenAndTaken() {
		Result created = served("token", "create", "ci", "--role", "operator", "--link", "orders", "--expires", "90d");
		assertThat(created.exitCode).as(created.err).isZero();
		assertThat(created.out.strip()).matches("deltasync_[\\w-]{43}");
		assertThat(created.err).contains("Token 'ci' has been created. It is not shown again");
		assertThat(directly("token", "list").out).contains("ci", "operator", "orders");
		assertThat(served("token", "create", "ci", "--role", "viewer").exitCode).isEqualTo(2);
		assertThat(served("token", "delete", "ci").out).contains("Token 'ci' has been deleted");

		assertThat(served("user", "add", "anna", "--role", "viewer", "--generate").out.strip()).hasSizeGreaterThan(20);
		assertThat(served("user", "password", "anna", "--generate").exitCode).isZero();
		assertThat(served("user", "delete", "anna").out).contains("User 'anna' has been deleted");
	}

	@Test
	void aTokenPermitsNoMoreThanItsRoleAndItsLinks() {
		Result role = servedAs("operator", "window", "orders", "--set", "2026-01-01T00:00:00Z");
		assertThat(role.exitCode).isEqualTo(4);
		assertThat(role.err).contains("refuses the access token", "role of the access token does not permit this");

		assertThat(servedAs("customers", "links").out).contains("customers").doesNotContain("orders");
		assertThat(servedAs("customers", "events").out).contains("customers").doesNotContain("orders");
		assertThat(servedAs("customers", "event", failed).exitCode).isEqualTo(2);
		Result limited = servedAs("customers", "metrics");
		assertThat(limited.exitCode).isEqualTo(4);
		assertThat(limited.err).contains("limited to some Links");

		Result unknown = servedAs("unknown", "links");
		assertThat(unknown.exitCode).isEqualTo(4);
		assertThat(unknown.err).contains("is unknown or has expired").doesNotContain("deltasync_unknown");
		assertThat(unknown.out).isEmpty();
	}

	@Test
	void commandsAboutTheirOwnProcessAreRefused() {
		for (String command : List.of("serve", "worker", "migrate", "notify")) {
			Result refused = served(command);
			assertThat(refused.exitCode).isEqualTo(2);
			assertThat(refused.err).isEqualTo(
					"The command '%s' cannot be executed through a server. Run it without --server, where it can reach the database%n"
						.formatted(command));
		}
	}

	@Test
	void aServerThatCannotBeUsedIsExplained() {
		String token = directory.resolve("admin").toString();

		Result away = answer("links", "--server", "http://127.0.0.1:1", "--token-file", token);
		assertThat(away.exitCode).isEqualTo(5);
		assertThat(away.err).contains("http://127.0.0.1:1 cannot be reached: Connection refused", "Start 'serve'");
		Result other = answer("links", "--server", console.address() + "/assets", "--token-file", token);
		assertThat(other.exitCode).isEqualTo(4);
		assertThat(other.err).contains("is not the address of a DeltaSync");
		Result clear = answer("--server=http://example.com", "--token-file", token, "links");
		assertThat(clear.exitCode).isEqualTo(2);
		assertThat(clear.err).contains("Use https, or add --insecure");
		for (String wrong : List.of("example.com", "ftp://example.com", "http://joe:secret@localhost", "http://")) {
			Result result = answer("links", "--server", wrong, "--token-file", token);
			assertThat(result.exitCode).isEqualTo(2);
			assertThat(result.err).contains("is not an address such as").doesNotContain("secret");
		}
		assertThat(answer("links", "--server", console.address().toString()).err).contains("needs an access token",
				"DELTASYNC_TOKEN");
		Result file = answer("links", "--server", console.address().toString(), "--token-file", token + "x");
		assertThat(file.exitCode).isEqualTo(2);
		assertThat(file.err).contains("cannot be read");
		Result useless = answer("links", "--token-file", token);
		assertThat(useless.exitCode).isEqualTo(2);
		assertThat(useless.err).contains("--token-file has no effect without --server");
	}

	/** Executes a command, and returns its exit code. */
	private interface Command {

		int execute();

	}

	private record Result(int exitCode, String out, String err) {

	}

}
