package io.deltasync.console.page;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.ConsoleFixture.Browser;
import io.deltasync.console.security.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every page, action and address of the REST API is open to the roles in one table, and
 * to nobody else. A handler that is not in the table fails the test.
 */
class EndpointRolesTests {

	/** The least role for each handler; NOBODY where nobody needs to sign in. */
	private static final String TABLE = """
			NOBODY   GET  /login

			VIEWER   GET  /
			VIEWER   GET  /links

			VIEWER   GET  /api/v1/events/{id}
			VIEWER   GET  /api/v1/events/{id}/records
			VIEWER   GET  /api/v1/executions
			VIEWER   GET  /api/v1/executions/{id}
			VIEWER   GET  /api/v1/links
			VIEWER   GET  /api/v1/links/{name}
			VIEWER   GET  /api/v1/links/{name}/events
			VIEWER   GET  /api/v1/links/{name}/rejects
			VIEWER   GET  /api/v1/links/{name}/window
			VIEWER   GET  /api/v1/rejects/{id}
			OPERATOR POST /api/v1/events/{id}/replay
			OPERATOR POST /api/v1/events/{id}/restart
			OPERATOR POST /api/v1/events/{id}/stop
			OPERATOR POST /api/v1/links/{name}/pause
			OPERATOR POST /api/v1/links/{name}/resume
			OPERATOR POST /api/v1/links/{name}/runs
			OPERATOR POST /api/v1/rejects/{id}/acknowledge
			OPERATOR POST /api/v1/rejects/{id}/discard
			ADMIN    GET  /api/v1/audit
			ADMIN    PUT  /api/v1/links/{name}/window
			""";

	private static final String NOBODY = "NOBODY";

	/** The container's error page, which is shown for any method. */
	private static final String ERROR_PAGE = "/error";

	private static ConsoleFixture console;

	@BeforeAll
	static void start() {
		console = ConsoleFixture.start("customers");
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

	private static Set<String> handlers() {
		return console.context()
			.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap(EndpointRolesTests::requests)
			.filter((request) -> !request.endsWith(" " + ERROR_PAGE))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Stream<String> requests(RequestMappingInfo info) {
		Set<RequestMethod> declared = info.getMethodsCondition().getMethods();
		Set<RequestMethod> methods = declared.isEmpty() ? Set.of(RequestMethod.values()) : declared;
		return info.getPatternValues()
			.stream()
			.flatMap((path) -> methods.stream().map((method) -> method + " " + path));
	}

	@Test
	void everyHandlerIsInTheTable() {
		assertThat(handlers()).as("Add new pages, actions and addresses with their roles to the table in this test")
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
		Browser browser = console.signedIn(role);

		check(role, browser, console.token(role));
	}

	@Test
	void peopleWhoHaveNotSignedInMayDoNothing() {
		Browser browser = console.browser();
		browser.get("/login");

		check(null, browser, null);
	}

	private static void check(@Nullable Role role, Browser browser, @Nullable String token) {
		table().forEach((request, least) -> {
			boolean allowed = least.equals(NOBODY) || (role != null && role.compareTo(Role.valueOf(least)) >= 0);
			String[] parts = request.split(" ", 2);
			HttpResponse<String> response = send(parts[0],
					parts[1].replace("{id}", "999999").replaceAll("\\{\\w+}", "none"), browser, token);
			assertThat(isAllowed(response)).as("%s as %s: %s %s", request, role, response, response.headers().map())
				.isEqualTo(allowed);
			if (!allowed && role != null) {
				assertThat(response.statusCode()).as("%s as %s", request, role).isEqualTo(403);
			}
		});
	}

	private static HttpResponse<String> send(String method, String path, Browser browser, @Nullable String token) {
		if (path.startsWith("/api/")) {
			return console.api(method, path, token, null);
		}
		if (method.equals("GET")) {
			return browser.get(path);
		}
		// each page has a form, if only the one to sign in or out
		browser.get((token != null) ? "/links" : "/login");
		return browser.post(path, Map.of());
	}

	private static boolean isAllowed(HttpResponse<String> response) {
		boolean toLogin = response.headers().firstValue("location").filter((to) -> to.contains("/login")).isPresent();
		return !toLogin && !List.of(401, 403).contains(response.statusCode());
	}

}
