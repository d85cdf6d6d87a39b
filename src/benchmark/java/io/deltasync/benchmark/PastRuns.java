package io.deltasync.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.deltasync.event.Mode;
import io.deltasync.event.Outcome;
import io.deltasync.event.RunParameters;
import io.deltasync.event.RunSummary;
import io.deltasync.event.RunTimestampKey;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.Watermark;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import org.springframework.batch.core.job.JobKeyGenerator;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A Link with a long past, of which the first run alone was successful: what the next run
 * has to find. The rows are those that the engine would have stored.
 */
final class PastRuns implements AutoCloseable {

	private static final String LINK = "bench";

	private static final String REASON = "the text has 70 characters";

	private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

	private static final Watermark SUCCESS = new Watermark(FIRST, "time:updated_at:2026-01-01T00:00:00.000000Z");

	private static final Duration RUN = Duration.ofSeconds(7);

	private static final int BATCH = 2_000;

	private static final int WARM_UP = 300;

	private static final int CALLS = 200;

	private static final int NEWEST = 20;

	/** One reject in so many has another reason. */
	private static final int RARE = 10_000;

	private final ConfigurableApplicationContext application;

	private final JdbcTemplate jdbc;

	private final SyncEvents events;

	private final JobKeyGenerator keys = new RunTimestampKey();

	private final List<Object[]> instances = new ArrayList<>();

	private final List<Object[]> executions = new ArrayList<>();

	private final List<Object[]> parameters = new ArrayList<>();

	private final List<Object[]> contexts = new ArrayList<>();

	private final List<Object[]> rejects = new ArrayList<>();

	private final List<String> links;

	private final String rejectState;

	private int runs;

	/**
	 * Makes the product's tables, for the runs of one Link with rejects that were all
	 * delivered later.
	 * @param url an empty database
	 */
	PastRuns(String url) {
		this(url, List.of(LINK), "DELIVERED");
	}

	/**
	 * Makes the product's tables.
	 * @param url an empty database
	 * @param links the Links; with several, every second run is one of the first
	 * @param rejectState the state of the rejects that all runs but the first have
	 */
	PastRuns(String url, List<String> links, String rejectState) {
		this.links = links;
		this.rejectState = rejectState;
		this.application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.datasource.url=" + url, "spring.main.banner-mode=off",
					"spring.main.log-startup-info=false", "logging.level.root=ERROR")
			.run();
		this.jdbc = this.application.getBean(JdbcTemplate.class);
		this.events = this.application.getBean(SyncEvents.class);
	}

	/** Adds runs until there are so many. */
	void grow(int target) throws IOException {
		while (this.runs < target) {
			add(this.runs++);
			if (this.runs % BATCH == 0 || this.runs == target) {
				insert();
			}
		}
	}

	private String link(int run) {
		int others = this.links.size() - 1;
		return this.links.get((others == 0 || run % 2 == 0) ? 0 : 1 + run / 2 % others);
	}

	private void add(int run) throws IOException {
		String link = link(run);
		boolean first = run < 2 * this.links.size() && run <= 2 * this.links.indexOf(link);
		long id = run + 1L;
		Instant start = FIRST.plus(RUN.multipliedBy(run));
		JobParameters stored = new RunParameters(start, Mode.DELTA, false, "command-line",
				first ? Watermark.NONE : SUCCESS)
			.toJobParameters();
		Outcome outcome = first ? Outcome.COMPLETED : Outcome.COMPLETED_WITH_FAILURES;
		RunSummary summary = new RunSummary("SCOPES", 2_500L, new ScopeCounts(3, 3, 0),
				new RecordCounts(2_500, first ? 2_500 : 2_499, 0, first ? 0 : 1, 0, 0, 0, 0), 0, 0,
				first ? SUCCESS.cursor() : null, List.of(), List.of(), null);
		Timestamp began = Timestamp.from(start);
		Timestamp ended = Timestamp.from(start.plus(5, ChronoUnit.SECONDS));
		this.instances.add(new Object[] { id, link, this.keys.generateKey(stored) });
		this.executions
			.add(new Object[] { id, id, began, began, ended, outcome.batchStatus().name(), outcome.name(), "", ended });
		for (JobParameter<?> parameter : stored.parameters()) {
			this.parameters.add(new Object[] { id, parameter.name(), parameter.type().getName(),
					String.valueOf(parameter.value()), parameter.identifying() ? "Y" : "N" });
		}
		this.contexts.add(new Object[] { id, context(summary) });
		if (!first) {
			this.rejects.add(new Object[] { link, String.valueOf(id), (run % RARE == 0) ? REASON + " at most" : REASON,
					id, id, id, ended, ended, this.rejectState });
		}
	}

	private String context(RunSummary summary) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		this.application.getBean(ExecutionContextSerializer.class)
			.serialize(Map.of(RunSummary.KEY, summary.toJson()), bytes);
		return bytes.toString(StandardCharsets.UTF_8);
	}

	private void insert() {
		insert("BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, JOB_NAME, JOB_KEY, VERSION) VALUES (?, ?, ?, 0)", this.instances);
		insert("BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, JOB_INSTANCE_ID, CREATE_TIME, START_TIME, END_TIME, STATUS,"
				+ " EXIT_CODE, EXIT_MESSAGE, LAST_UPDATED, VERSION) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 2)",
				this.executions);
		insert("BATCH_JOB_EXECUTION_PARAMS (JOB_EXECUTION_ID, PARAMETER_NAME, PARAMETER_TYPE, PARAMETER_VALUE,"
				+ " IDENTIFYING) VALUES (?, ?, ?, ?, ?)", this.parameters);
		insert("BATCH_JOB_EXECUTION_CONTEXT (JOB_EXECUTION_ID, SHORT_CONTEXT) VALUES (?, ?)", this.contexts);
		insert("SYNC_REJECT (LINK, RECORD_ID, MESSAGE, FIRST_EVENT, LAST_EVENT, LAST_EXECUTION, FIRST_SEEN, LAST_SEEN,"
				+ " CONTENT_ID, STATE, OPERATION, STAGE, ATTEMPTS, ACKNOWLEDGED)"
				+ " VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, 'UPSERT', 'TARGET', 1, FALSE)", this.rejects);
	}

	private void insert(String into, List<Object[]> rows) {
		this.jdbc.batchUpdate("INSERT INTO " + into, rows);
		rows.clear();
	}

	CallTimes lastSuccess() {
		if (!this.events.lastSuccess(LINK).equals(SUCCESS)) {
			throw new IllegalStateException("Not the last success: " + this.events.lastSuccess(LINK));
		}
		return time(() -> this.events.lastSuccess(LINK));
	}

	CallTimes newest() {
		if (this.events.newest(LINK, NEWEST).size() != Math.min(NEWEST, this.runs)) {
			throw new IllegalStateException("Not all of the newest runs");
		}
		return time(() -> this.events.newest(LINK, NEWEST));
	}

	private static CallTimes time(Runnable call) {
		long[] nanos = new long[CALLS];
		for (int i = -WARM_UP; i < CALLS; i++) {
			long start = System.nanoTime();
			call.run();
			nanos[Math.max(i, 0)] = System.nanoTime() - start;
		}
		Arrays.sort(nanos);
		return new CallTimes(CALLS, nanos[CALLS / 2] / 1e6, nanos[CALLS - 1] / 1e6);
	}

	@Override
	public void close() {
		this.application.close();
	}

	/**
	 * How long calls took.
	 *
	 * @param calls how many
	 * @param median in milliseconds
	 * @param max in milliseconds
	 */
	record CallTimes(int calls, double median, double max) {

	}

	@EnableAutoConfiguration
	static class Application {

	}

}
