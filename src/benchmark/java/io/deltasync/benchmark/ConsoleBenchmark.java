package io.deltasync.benchmark;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long the pages of the console take after a long past: many Links, and for one of
 * them half of all events and half of all waiting rejects.
 */
final class ConsoleBenchmark {

	private static final String NAME = "console";

	private static final int LINKS = 1_000;

	private static final int WARM_UP = 30;

	private static final int CALLS = 100;

	private static final int OK = 200;

	private static final Pattern RARE = Pattern.compile("/links/link0/rejects\\?like=(\\d+)");

	private final Server server;

	private final Path jar;

	private final Path directory;

	private final Report report;

	private final int past = Integer.getInteger("benchmark.consoleRuns", 1_000_000);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	ConsoleBenchmark(Server server, Path jar, Path directory, Report report) {
		this.server = server;
		this.jar = jar;
		this.directory = directory;
		this.report = report;
	}

	/**
	 * Runs it, on the server and on H2.
	 * @param only what is wanted
	 * @return whether all pages were shown
	 */
	boolean run(Selection only) throws SQLException, IOException, InterruptedException {
		boolean onServer = only.includes(NAME);
		boolean onH2 = only.includes(NAME + " on H2");
		if (!onServer && !onH2) {
			return true;
		}
		this.report.add("");
		this.report.add("## Pages of the console");
		this.report.add("");
		this.report.add(
				"%,d Links, %,d stored events and nearly as many waiting rejects, half of them of one Link whose"
						+ " pages are shown. Each page is requested %d times after %d others.",
				LINKS, this.past, CALLS, WARM_UP);
		this.report.add("");
		this.report.add("| database | page | median ms | 95 %% within ms | max ms | KiB transferred |");
		this.report.add("|---|---|" + "--:|".repeat(4));
		boolean good = true;
		if (onServer) {
			good &= run("the server", new ScopeDatabase(this.directory.resolve("console"), this.server));
		}
		if (onH2) {
			good &= run("H2, in a file", new ScopeDatabase(this.directory.resolve("console-h2"), null));
		}
		return good;
	}

	private boolean run(String name, ScopeDatabase database) throws SQLException, IOException, InterruptedException {
		Files.createDirectories(database.directory());
		database.create();
		try {
			List<String> links = IntStream.range(0, LINKS).mapToObj((number) -> "link" + number).toList();
			try (PastRuns runs = new PastRuns(rewritten(database), links, "OPEN")) {
				runs.grow(this.past);
			}
			Files.writeString(database.directory().resolve("application.yaml"), database.configuration() + """
					server.port: 0
					deltasync:
					  connections:
					    dst: { url: "%s", username: "%s" }
					  links:
					%s""".formatted(database.targetUrl(), database.user(),
					links.stream().map(ConsoleBenchmark::link).collect(Collectors.joining())));
			try (ResidentProcess serve = ResidentProcess.start(
					List.of(Contender.JAVA, Contender.HEAP, "-jar", this.jar.toString(), "serve"), database.directory(),
					"serve", "Serves Links", this.timeout)) {
				return measure(name, SignedInPerson.of(Files.readString(serve.output())));
			}
		}
		finally {
			database.drop();
		}
	}

	private static String rewritten(ScopeDatabase database) {
		String url = database.jobsUrl();
		return url.contains("jdbc:h2:") ? url + ";USER=sa" : url + "&rewriteBatchedStatements=true";
	}

	private static String link(String name) {
		return """
				    %s:
				      source: { adapter: jdbc, connection: dst, table: %2$s }
				      target: { adapter: jdbc, connection: dst, table: %2$s }
				""".formatted(name, ScopeDatabase.TABLE);
	}

	private boolean measure(String database, SignedInPerson person) throws IOException, InterruptedException {
		Matcher rare = RARE.matcher(person.text("/links/link0/rejects"));
		String like = rare.find() ? rare.group(1) : "1";
		boolean good = true;
		for (String page : List.of("/links", "/links?state=FAILED&name=7", "/links/link0", "/events/" + this.past,
				"/links/link0/rejects", "/links/link0/rejects?like=" + like,
				"/links/link0/rejects/decision?action=DISCARD",
				"/links/link0/rejects/decision?action=DISCARD&like=" + like, "/rejects/" + like, "/executions",
				"/executions?job=link7&status=COMPLETED", "/executions/" + this.past, "/system", "/audit")) {
			good &= measure(database, page, person);
		}
		return good;
	}

	private boolean measure(String database, String page, SignedInPerson person)
			throws IOException, InterruptedException {
		double[] millis = new double[CALLS];
		int size = 0;
		for (int i = -WARM_UP; i < CALLS; i++) {
			long start = System.nanoTime();
			HttpResponse<byte[]> answer = person.get(page);
			millis[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
			size = answer.body().length;
			if (answer.statusCode() != OK) {
				this.report.add("| %s | `%s` | **FAILED: status %d** | | | |", database, page, answer.statusCode());
				return false;
			}
		}
		Arrays.sort(millis);
		this.report.add("| %s | `%s` | %s | %s | %s | %,d |", database, page, Report.number(millis[CALLS / 2]),
				Report.number(millis[CALLS * 95 / 100 - 1]), Report.number(millis[CALLS - 1]), size / 1024);
		return true;
	}

}
