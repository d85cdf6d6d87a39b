package io.deltasync.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

import io.deltasync.testing.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is typed, it is something to be started, help, or a usage error that says why.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandLineFuzzTests {

	private static final List<String> WORDS = List.of("run", "restart", "replay", "stop", "plan", "preview", "links",
			"events", "event", "rejects", "acknowledge", "discard", "requests", "trace", "--deliver", "window", "pause",
			"resume", "prune", "serve", "metrics", "migrate", "worker", "token", "create", "list", "delete", "user",
			"add", "password", "--role=admin", "--generate", "help", "people", "7", "--full", "--force", "--testing",
			"--rewrite", "--json", "--limit", "--limit=5", "--set", "--set=2026-11-21T08:00:00Z", "--records",
			"--dry-run", "--help", "-h", "--version", "-V", "--spring.profiles.active=demo", "--debug", "--", "-",
			"---", "--=", "--=x", "@", "@/", "@/dev/null", "mode=FULL");

	@Test
	void anyArgumentsAreAcceptedOrRefusedWithAReason() {
		PrintStream out = System.out;
		PrintStream err = System.err;
		try {
			Fuzz.cases(500, CommandLineFuzzTests::type);
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
	}

	private static void type(Fuzz fuzz) {
		List<String> arguments = new ArrayList<>();
		for (int size = fuzz.below(5); size > 0; size--) {
			arguments.add(switch (fuzz.below(6)) {
				case 0 -> fuzz.text();
				case 1 -> fuzz.change(fuzz.oneOf(WORDS));
				case 2 -> fuzz.oneOf(WORDS) + "=" + fuzz.text();
				default -> fuzz.oneOf(WORDS);
			});
		}
		String[] typed = arguments.toArray(String[]::new);
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		System.setErr(System.out);
		try {
			OptionalInt answer = UsageCheck.answer(typed);
			assertThat(answer.orElse(0)).as("%s: %s", arguments, printed).isIn(0, 2);
			if (answer.isPresent()) {
				assertThat(printed.toString(StandardCharsets.UTF_8)).as("%s", arguments)
					.isNotBlank()
					.doesNotContainPattern("\tat |NullPointer|ClassCast|IndexOutOf");
			}
			else {
				UsageCheck.serves(typed);
				assertThat(printed.toString(StandardCharsets.UTF_8)).as("%s", arguments).isEmpty();
			}
		}
		catch (RuntimeException ex) {
			throw new AssertionError("%s: %s".formatted(Arrays.toString(typed), ex), ex);
		}
	}

}
