package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * What open pages of the console cost a run in the same process, and how long they take
 * to show a change.
 */
final class OpenPagesBenchmark {

	private static final String NAME = "open pages";

	private static final int PAGES = 50;

	/** How many show the list of Links, and how many the event of the run. */
	private static final int SHARE = PAGES * 2 / 5;

	private static final int LINKS = 40;

	private static final int ROWS = 1_000_000;

	/** How many pairs of runs it takes until hardly anything is compiled any more. */
	private static final int WARM_UP = 6;

	private static final int CHANGES = 20;

	/** How often the pages ask, as their templates say. */
	private static final long EVERY_MILLIS = 1500;

	private static final long LOOK_MILLIS = 200;

	private static final Pattern UPDATE = Pattern.compile("hx-get=\"(/links\\?[^\"]*)\"");

	private final Server server;

	private final Path jar;

	private final Path directory;

	private final Report report;

	private final Random random = new Random(1);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	OpenPagesBenchmark(Server server, Path jar, Path directory, Report report) {
		this.server = server;
		this.jar = jar;
		this.directory = directory;
		this.report = report;
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether all runs were successful
	 */
	boolean run(Selection only) throws Exception {
		if (!only.includes(NAME)) {
			return true;
		}
		ScopeDatabase database = new ScopeDatabase(this.directory.resolve("open-pages"), this.server);
		Files.createDirectories(database.directory());
		database.create();
		try {
			fill(database);
			Files.writeString(database.directory().resolve("application.yaml"), database.configuration() + """
					server.port: 0
					deltasync:
					  connections:
					    db: { url: "%s", username: "%s" }
					  links:
					%s""".formatted(database.targetUrl(), database.user(),
					IntStream.range(0, LINKS).mapToObj(OpenPagesBenchmark::link).collect(Collectors.joining())));
			try (ResidentProcess serve = ResidentProcess.start(
					List.of(Contender.JAVA, Contender.HEAP, "-jar", this.jar.toString(), "serve"), database.directory(),
					"serve", "Serves Links", this.timeout)) {
				measure(SignedInPerson.of(Files.readString(serve.output())), database);
			}
			return true;
		}
		finally {
			database.drop();
		}
	}

	private static void fill(ScopeDatabase database) throws SQLException {
		try (Connection connection = DriverManager.getConnection(database.targetUrl());
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE src LIKE " + ScopeDatabase.TABLE);
			String digits = "(SELECT 0 n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
					+ " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
			statement.execute(
					"""
							INSERT INTO src SELECT n, CONCAT('name ', n), n / 100 FROM (SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n
							  + 10000 * e.n + 100000 * f.n n FROM %1$s a, %1$s b, %1$s c, %1$s d, %1$s e, %1$s f) numbers
							WHERE n < %2$d"""
						.formatted(digits, ROWS));
		}
	}

	private static String link(int number) {
		return """
				    link%d:
				      source: { adapter: jdbc, connection: db, table: src, key: id }
				      target: { adapter: jdbc, connection: db, table: %s, key: id }
				""".formatted(number, ScopeDatabase.TABLE);
	}

	private void measure(SignedInPerson person, ScopeDatabase database) throws Exception {
		// pages are open for hours, so their classes are not compiled during the
		// measurement
		for (int i = 0; i < WARM_UP; i++) {
			load(person, database);
			watchedLoad(person, database, new AtomicInteger());
		}
		double[] alone = new double[this.rounds];
		double[] watched = new double[this.rounds];
		AtomicInteger answers = new AtomicInteger();
		for (int round = 0; round < this.rounds; round++) {
			alone[round] = load(person, database);
			watched[round] = watchedLoad(person, database, answers);
		}
		this.report.add("");
		this.report.add("## Open pages of the console");
		this.report.add("");
		this.report.add(
				"Runs of %,d rows in a process that serves, without open pages and with %d (the list of Links,"
						+ " the Link, and the event of the run), in turn. They asked for %,d updates.",
				ROWS, PAGES, answers.get());
		this.report.add("");
		this.report.add("| round | alone, s | with open pages, s | ratio |");
		this.report.add("|--:|--:|--:|--:|");
		for (int round = 0; round < this.rounds; round++) {
			this.report.add("| %d | %s | %s | %.3f |", round + 1, Report.number(alone[round]),
					Report.number(watched[round]), watched[round] / alone[round]);
		}
		double ratio = Arrays.stream(watched).sum() / Arrays.stream(alone).sum();
		this.report.add("");
		this.report.add("All rounds together: %.3f.", ratio);
		double[] lags = lags(person);
		Arrays.sort(lags);
		this.report.add("");
		this.report.add("A change of a Link was visible in the open list after %s s (median of %d), %s s at most.",
				Report.number(lags[CHANGES / 2]), CHANGES, Report.number(lags[CHANGES - 1]));
	}

	/** Runs a Link and returns the seconds from its start to its end. */
	private static double load(SignedInPerson person, ScopeDatabase database) throws Exception {
		return await(begin(person), database);
	}

	private static String begin(SignedInPerson person) throws IOException, InterruptedException {
		return person.post("/links/link0", "/links/link0/runs", Map.of()).getPath();
	}

	/** Asks the database, because each question to the console would be one more page. */
	private static double await(String event, ScopeDatabase database) throws SQLException, InterruptedException {
		try (Connection connection = DriverManager.getConnection(database.jobsUrl());
				PreparedStatement ended = connection.prepareStatement("""
						SELECT STATUS, TIMESTAMPDIFF(MICROSECOND, START_TIME, END_TIME) FROM BATCH_JOB_EXECUTION
						WHERE JOB_INSTANCE_ID = ? AND END_TIME IS NOT NULL""")) {
			ended.setLong(1, Long.parseLong(event.substring(event.lastIndexOf('/') + 1)));
			while (true) {
				try (ResultSet run = ended.executeQuery()) {
					if (run.next()) {
						if (!run.getString(1).equals("COMPLETED")) {
							throw new IllegalStateException("The run was not successful: " + run.getString(1));
						}
						return run.getLong(2) / 1e6;
					}
				}
				TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
			}
		}
	}

	/** Runs a Link while pages are open, which they are before it begins. */
	private double watchedLoad(SignedInPerson person, ScopeDatabase database, AtomicInteger answers) throws Exception {
		ScheduledExecutorService browsers = Executors.newScheduledThreadPool(PAGES);
		List<OpenPage> pages = new ArrayList<>();
		try {
			List<OpenList> lists = new ArrayList<>();
			for (int i = 0; i < PAGES; i++) {
				pages.add(person.openPage());
			}
			for (OpenPage page : pages.subList(0, SHARE)) {
				OpenList list = new OpenList(person, page);
				list.call();
				lists.add(list);
			}
			String event = begin(person);
			lists.forEach((list) -> open(browsers, list, answers));
			pages.subList(SHARE, 2 * SHARE)
				.forEach((page) -> open(browsers, () -> page.update(event + "/live"), answers));
			pages.subList(2 * SHARE, PAGES)
				.forEach((page) -> open(browsers, () -> page.update("/links/link0/standing"), answers));
			return await(event, database);
		}
		finally {
			browsers.shutdownNow();
			browsers.awaitTermination(1, TimeUnit.MINUTES);
			for (OpenPage page : pages) {
				page.close();
			}
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void open(ScheduledExecutorService browsers, Callable<?> update, AtomicInteger answers) {
		browsers.scheduleAtFixedRate(() -> {
			try {
				update.call();
				answers.incrementAndGet();
			}
			catch (Exception ex) {
				Thread.currentThread().interrupt();
			}
		}, this.random.nextLong(EVERY_MILLIS), EVERY_MILLIS, TimeUnit.MILLISECONDS);
	}

	private double[] lags(SignedInPerson person) throws Exception {
		double[] lags = new double[CHANGES];
		for (int i = 0; i < CHANGES; i++) {
			boolean pause = i % 2 == 0;
			try (OpenPage page = person.openPage()) {
				OpenList list = new OpenList(person, page);
				list.call();
				TimeUnit.MILLISECONDS.sleep(this.random.nextLong(EVERY_MILLIS));
				person.post("/links/link1", "/links/link1/" + (pause ? "pause" : "resume"), Map.of());
				long changed = System.nanoTime();
				// the page asks next at any time within the interval
				TimeUnit.MILLISECONDS.sleep(this.random.nextLong(EVERY_MILLIS));
				while (list.call().contains("state paused") != pause) {
					TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
				}
				lags[i] = (System.nanoTime() - changed) / 1e9;
			}
		}
		return lags;
	}

	/** The list of Links in a browser, which replaces it by each answer with content. */
	private static final class OpenList implements Callable<String> {

		private static final int OK = 200;

		private final SignedInPerson person;

		private final OpenPage page;

		private String shown = "";

		private @Nullable String update;

		OpenList(SignedInPerson person, OpenPage page) {
			this.person = person;
			this.page = page;
		}

		@Override
		public String call() throws IOException, InterruptedException {
			if (this.update == null) {
				show(this.person.text("/links"));
				return this.shown;
			}
			OpenPage.Update answer = this.page.update(this.update);
			if (answer.status() == OK) {
				show(answer.text());
			}
			return this.shown;
		}

		private void show(String list) {
			this.shown = list;
			Matcher next = UPDATE.matcher(list);
			if (next.find()) {
				this.update = next.group(1).replace("&amp;", "&");
			}
		}

	}

}
