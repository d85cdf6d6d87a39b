package io.deltasync.console.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.deltasync.console.Browser;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every page, action and address of the REST API is open to the roles in one table, and
 * to nobody else. A handler that is not in the table fails the test.
 */
class EndpointRolesIT {

	/**
	 * The least role for each handler; NOBODY where nobody needs to sign in. PUSH is for
	 * tokens that push, and for viewers who read or operators who act.
	 */
	private static final String TABLE = """
			NOBODY   GET  /login
			NOBODY   POST /signed-out

			VIEWER   GET  /
			VIEWER   GET  /audit
			VIEWER   GET  /events/{id}
			VIEWER   GET  /events/{id}/live
			VIEWER   GET  /executions
			VIEWER   GET  /executions/start
			VIEWER   GET  /executions/{id}
			VIEWER   GET  /executions/{id}/confirm
			VIEWER   GET  /links
			VIEWER   GET  /links/{name}
			VIEWER   GET  /links/{name}/full-run
			VIEWER   GET  /links/{name}/preview
			VIEWER   GET  /links/{name}/rejects
			VIEWER   GET  /links/{name}/rejects/decision
			VIEWER   GET  /links/{name}/requests
			VIEWER   GET  /links/{name}/requests/discard
			VIEWER   GET  /links/{name}/standing
			VIEWER   GET  /links/{name}/trace
			VIEWER   GET  /links/{name}/window
			VIEWER   GET  /rejects/{id}
			VIEWER   GET  /system
			OPERATOR POST /events/{id}/replay
			OPERATOR POST /events/{id}/restart
			OPERATOR POST /events/{id}/stop
			OPERATOR POST /executions
			OPERATOR POST /executions/{id}/abandon
			OPERATOR POST /executions/{id}/recover
			OPERATOR POST /executions/{id}/restart
			OPERATOR POST /executions/{id}/stop
			OPERATOR POST /links/{name}/deliveries
			OPERATOR POST /links/{name}/pause
			OPERATOR POST /links/{name}/preview
			OPERATOR POST /links/{name}/requests/discard
			OPERATOR POST /links/{name}/resume
			OPERATOR POST /links/{name}/runs
			OPERATOR POST /links/{name}/rejects/decision
			OPERATOR POST /links/{name}/verifications
			OPERATOR POST /rejects/{id}/acknowledge
			OPERATOR POST /rejects/{id}/discard
			ADMIN    POST /links/{name}/window

			VIEWER   GET  /api/v1/audit
			VIEWER   GET  /api/v1/events
			VIEWER   GET  /api/v1/events/{id}
			VIEWER   GET  /api/v1/events/{id}/records
			VIEWER   GET  /api/v1/executions
			VIEWER   GET  /api/v1/executions/{id}
			VIEWER   GET  /api/v1/health
			VIEWER   GET  /api/v1/links
			VIEWER   GET  /api/v1/links/{name}/health
			VIEWER   GET  /api/v1/links/{name}
			VIEWER   GET  /api/v1/links/{name}/events
			VIEWER   GET  /api/v1/links/{name}/records
			PUSH     GET  /api/v1/links/{name}/records/{id}
			VIEWER   GET  /api/v1/links/{name}/rejects
			VIEWER   GET  /api/v1/links/{name}/trace
			VIEWER   GET  /api/v1/links/{name}/rejects/waiting
			VIEWER   GET  /api/v1/links/{name}/window
			VIEWER   GET  /api/v1/notifications
			VIEWER   GET  /api/v1/metrics
			VIEWER   GET  /api/v1/rejects/{id}
			VIEWER   GET  /api/v1/server
			VIEWER   GET  /api/v1/standings
			OPERATOR POST /api/v1/events/{id}/replay
			OPERATOR POST /api/v1/events/{id}/restart
			OPERATOR POST /api/v1/events/{id}/stop
			OPERATOR POST /api/v1/links/{name}/deliveries
			OPERATOR POST /api/v1/links/{name}/check
			OPERATOR POST /api/v1/links/{name}/pause
			PUSH     POST /api/v1/links/{name}/records
			OPERATOR DELETE /api/v1/links/{name}/records/{id}
			OPERATOR POST /api/v1/links/{name}/plan
			OPERATOR POST /api/v1/links/{name}/preview
			OPERATOR POST /api/v1/links/{name}/rejects/acknowledge
			OPERATOR POST /api/v1/links/{name}/rejects/discard
			OPERATOR POST /api/v1/links/{name}/resume
			OPERATOR POST /api/v1/links/{name}/runs
			OPERATOR POST /api/v1/rejects/{id}/acknowledge
			OPERATOR POST /api/v1/rejects/{id}/discard
			ADMIN    PUT  /api/v1/links/{name}/window
			ADMIN    POST /api/v1/forget
			ADMIN    POST /api/v1/prune
			ADMIN    GET  /api/v1/tokens
			ADMIN    POST /api/v1/tokens
			ADMIN    DELETE /api/v1/tokens/{name}
			ADMIN    GET  /api/v1/users
			ADMIN    POST /api/v1/users
			ADMIN    DELETE /api/v1/users/{name}
			ADMIN    PUT  /api/v1/users/{name}/password
			""";

	private static final String NOBODY = "NOBODY";

	private static final Set<Integer> DENIED = Set.of(401, 403);

	private static ConsoleFixture console;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("customers"));
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	private static Map<String, String> table() {
		return TABLE.lines()
			.filter((line) -> !line.isBlank())
			.map((line) -> line.split("\\s+"))
			.collect(Collectors.toMap((cells) -> cells[1] + " " + cells[2], (cells) -> cells[0], (one, other) -> {
				throw new IllegalStateException("twice in the table");
			}, TreeMap::new));
	}

	@Test
	void everyHandlerIsInTheTable() {
		assertThat(console.requests())
			.as("Add new pages, actions and addresses with their roles to the table in this test")
			.containsExactlyElementsOf(table().keySet());
	}

	@Test
	void documentedRolesAreThoseOfTheTable() throws IOException {
		String page = Files.readString(Path.of("docs/api.md"));

		table().forEach((request, least) -> {
			if (request.contains(" /api/v1/")) {
				assertThat(page).containsPattern("\\| `%s[?`][^|]*\\| %s \\|"
					.formatted(Pattern.quote(request.replace("/api/v1/", "")), least.toLowerCase(Locale.ROOT)));
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void roleMayDoWhatTheTableSaysAndNothingElse(Role role) {
		Browser browser = console.signIn(role);

		check(role, browser, console.token(role));
	}

	@Test
	void peopleWhoHaveNotSignedInMayDoNothing() {
		Browser browser = console.open();
		browser.get("/login");

		check(null, browser, null);
	}

	private static void check(@Nullable Role role, Browser browser, @Nullable String token) {
		table().forEach((request, least) -> {
			boolean allowed = least.equals(NOBODY) || (role != null && mayDo(role, least, request));
			String[] parts = request.split(" ", 2);
			int status = status(parts[0], parts[1].replaceAll("\\{\\w*id}", "999999").replaceAll("\\{\\w+}", "none"),
					browser, token);
			assertThat(!DENIED.contains(status)).as("%s as %s: %d", request, role, status).isEqualTo(allowed);
			if (!allowed) {
				assertThat(status).as("%s as %s", request, role).isEqualTo((role != null) ? 403 : 401);
			}
		});
	}

	private static boolean mayDo(Role role, String least, String request) {
		if (!least.equals(Role.PUSH.name()) || role == Role.PUSH) {
			return role.compareTo(Role.valueOf(least)) >= 0;
		}
		return role.compareTo(request.startsWith("GET") ? Role.VIEWER : Role.OPERATOR) >= 0;
	}

	/** Returns the status; 401 for pages that lead to the one on which people sign in. */
	private static int status(String method, String path, Browser browser, @Nullable String token) {
		if (path.startsWith("/api/")) {
			return console.api(method, path, token, null).statusCode();
		}
		if (method.equals("POST")) {
			// has a form, if only the one to sign in or out
			browser.get((token != null) ? "/links" : "/login");
		}
		Browser.Page page = method.equals("GET") ? browser.get(path) : browser.post(path, Map.of());
		return (page.uri().getPath().equals("/login") && !path.equals("/login")) ? 401 : page.status();
	}

}
