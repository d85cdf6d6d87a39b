package io.deltasync.console.page;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.JobExecutions;
import io.deltasync.console.security.Role;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.RunIdIncrementer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the pages of job executions in a running console whose repository also has jobs
 * that are not Links.
 */
class ExecutionsPageIT {

	private static final String ODD = "a/b c%?#ü;x";

	private static final AtomicBoolean failing = new AtomicBoolean();

	private static ConsoleFixture console;

	private static JdbcTemplate jdbc;

	private static Browser viewer;

	private static Browser operator;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of(ODD), "spring.main.sources=" + Jobs.class.getName());
		jdbc = console.bean(JdbcTemplate.class);
		viewer = console.signIn(Role.VIEWER);
		operator = console.signIn(Role.OPERATOR);
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@AfterEach
	void repair() {
		failing.set(false);
	}

	@Test
	void jobIsStartedWithTypedParametersAndSecretsAreMasked() {
		Page form = operator.get("/executions/start");
		Page page = operator.post("/executions", Map.of("job", "nightly", "parameters",
				"day:date=2026-11-29\n-count:long=5\n\nn=1\n-api-key=k1234\n-url=jdbc:mysql://u:h1dden@h/d"));

		assertThat(form.text()).contains("nightly", "counting").doesNotContain(ODD);
		assertThat(page.status()).as(page.text()).isEqualTo(200);
		assertThat(page.uri().getPath()).matches("/executions/\\d+");
		String ended = ended(page).text();
		assertThat(ended).contains("Execution", "of nightly", "Status ✔ completed", "day 2026-11-29 LocalDate yes",
				"count 5 Long no", "n 1 String yes", "api-key *** String no", "Step work", "Contexts Job execution",
				"\"done\"");
		assertThat(viewer.get(page.uri().getPath()).html()).doesNotContain("k1234", "h1dden", "s3cret");
		assertThat(lastAction("start-job").after()).matches("job nightly, execution \\d+");
	}

	@Test
	void failedExecutionShowsItsExceptionAndIsRestarted() {
		failing.set(true);
		Page failed = ended(operator.post("/executions", Map.of("job", "nightly", "parameters", "n=restart")));
		failing.set(false);

		assertThat(failed.text()).contains("✖ failed", "the disk is full", "Restart", "Abandon…");
		assertThat(viewer.get(failed.uri().getPath()).text()).contains("the disk is full")
			.doesNotContain("Restart", "Abandon…");

		Page restarted = operator.post(failed.uri().getPath() + "/restart", Map.of());

		assertThat(restarted.uri().getPath()).isNotEqualTo(failed.uri().getPath()).matches("/executions/\\d+");
		assertThat(restarted.text()).contains("was restarted");
		assertThat(ended(restarted).text()).contains("✔ completed");
		assertThat(operator.get(failed.uri().getPath()).text()).contains("It was restarted: execution")
			.doesNotContain("Restart ");
		Page again = operator.post(failed.uri().getPath() + "/restart", Map.of());
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.text()).contains("Not done");
		assertThat(lastAction("restart-job").before()).isEqualTo("FAILED");
	}

	@Test
	void executionIsAbandonedOnlyAfterConfirmation() {
		failing.set(true);
		Page failed = ended(operator.post("/executions", Map.of("job", "nightly", "parameters", "n=abandon")));
		String path = failed.uri().getPath();

		Page confirm = operator.get(path + "/confirm?action=abandon");
		Page done = operator.post(path + "/abandon", Map.of());

		assertThat(confirm.text()).contains("nightly", "which is failed", "never be restarted");
		assertThat(done.text()).contains("The execution is abandoned", "○ abandoned").doesNotContain("Abandon…");
		assertThat(operator.post(path + "/abandon", Map.of()).text()).contains("is ABANDONED already");
		assertThat(lastAction("abandon-job").before()).isEqualTo("FAILED");
	}

	@Test
	void runningExecutionIsStopped() throws InterruptedException {
		String path = operator.post("/executions", Map.of("job", "waiting", "parameters", "n=1")).uri().getPath();
		// an execution is stored before it is started
		assertThat(Jobs.waits.await(1, TimeUnit.MINUTES)).isTrue();
		assertThat(operator.get(path).text()).contains("▶ started", "Stop", "Its process has died…")
			.doesNotContain("Abandon…");

		Page stopped = operator.post(path + "/stop", Map.of());
		Jobs.go.countDown();

		assertThat(stopped.text()).contains("was asked to stop");
		assertThat(ended(stopped).text()).contains("■ stopped");
		assertThat(lastAction("stop-job").before()).isEqualTo("STARTED");
		assertThat(operator.post(path + "/stop", Map.of()).status()).isEqualTo(409);
		assertThat(lastAction("stop-job").after()).contains("; failed: ");
	}

	@Test
	void executionOfADeadProcessIsClosedAfterConfirmation() {
		long counted = id(ended(operator.post("/executions", Map.of("job", "counting"))));
		jdbc.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (-1, 0, 'foreign', '0123456789abcdef')");
		jdbc.update("INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS, "
				+ "START_TIME, EXIT_CODE) VALUES (-1, 0, -1, CURRENT_TIMESTAMP, 'STARTED', CURRENT_TIMESTAMP, 'UNKNOWN')");
		jdbc.update(
				"INSERT INTO BATCH_JOB_EXECUTION_CONTEXT SELECT -1, SHORT_CONTEXT, NULL FROM BATCH_JOB_EXECUTION_CONTEXT "
						+ "WHERE JOB_EXECUTION_ID = ?",
				counted);
		assertThat(operator.get("/executions/-1").text()).contains("This process does not have the job");
		assertThat(operator.get("/executions/-1/confirm?action=recover").text()).contains("foreign",
				"Do this only if its process has died");

		Page closed = operator.post("/executions/-1/recover", Map.of());

		assertThat(closed.text()).contains("The execution is closed", "✖ failed");
	}

	@Test
	void whatCannotBeReadAsObjectsIsStillShown() {
		jdbc.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (-2, 0, 'strange', '0123456789abcdef')");
		jdbc.update("INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS) "
				+ "VALUES (-2, 0, -2, CURRENT_TIMESTAMP, 'FAILED')");
		jdbc.update("INSERT INTO BATCH_JOB_EXECUTION_PARAMS VALUES (-2, 'x', 'com.example.Gone', '<b>v</b>', 'Y')");
		jdbc.update("INSERT INTO BATCH_JOB_EXECUTION_CONTEXT VALUES (-2, 'rO0ABXNyABFq', NULL)");

		Page page = viewer.get("/executions/-2");

		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text()).contains("strange", "x <b>v</b> Gone yes", "Java's serialization, which is not shown");
		assertThat(page.html()).doesNotContain("<b>v</b>");
		assertThat(operator.post("/executions/-2/abandon", Map.of()).text()).contains("Spring Batch refuses");
	}

	@Test
	void executionOfALinkLeadsToItsEventAndGoesTheWayOfTheLink() throws Exception {
		Page run = operator.post("/links/a%2Fb%20c%25%3F%23%C3%BC%3Bx/runs", Map.of("mode", Mode.DELTA.name()));
		long event = console.bean(SyncEvents.class).newest(ODD).orElseThrow().id();
		long execution = console.await(event).attempts().get(0).jobExecutionId();

		Page page = operator.get("/executions/" + execution);

		assertThat(run.uri().getPath()).isEqualTo("/events/" + event);
		assertThat(page.text()).contains("Link " + ODD, "Sync Event " + event, "Step", "trigger console:operators");
		assertThat(page.html()).contains("href=\"/links/a%2Fb%20c%25%3F%23%C3%BC%3Bx\"", "href=\"/events/" + event);
		assertThat(operator.post("/executions/" + execution + "/abandon", Map.of()).text())
			.contains("runs of Links are not abandoned");
		assertThat(operator.post("/executions/" + execution + "/stop", Map.of()).text())
			.contains("no run of event %d is going on".formatted(event));
		assertThat(operator.post("/executions/" + execution + "/restart", Map.of()).status()).isEqualTo(409);
		assertThat(operator.post("/executions", Map.of("job", ODD)).text()).contains("Run it on the page of the Link");
		assertThat(viewer.get("/executions?job=" + "a%2Fb%20c%25%3F%23%C3%BC%3Bx").text())
			.contains("%d %s ✔ completed".formatted(execution, ODD), "event " + event);
	}

	@Test
	void jobWithAnIncrementerIsStartedNext() {
		Page first = ended(operator.post("/executions", Map.of("job", "counting")));
		Page second = ended(operator.post("/executions", Map.of("job", "counting")));

		assertThat(first.text()).containsPattern("run.id \\d+ Long yes");
		assertThat(second.text()).containsPattern("run.id \\d+ Long yes");
		assertThat(run(second)).isEqualTo(run(first) + 1);
		assertThat(operator.get("/executions/start?job=counting").text()).contains("Leave the field empty");
		assertThat(operator.post("/executions", Map.of("job", "counting", "parameters", "a=1")).text())
			.contains("Give none");
	}

	@Test
	void wrongInputIsExplained() {
		assertThat(start("nightly", "nothing").text()).contains("The line 'nothing' is no parameter");
		assertThat(start("nightly", "a=1\na=2").text()).contains("given twice");
		assertThat(start("nightly", "a:long=x").text()).contains("The parameter 'a' is no long: 'x'");
		assertThat(start("nightly", "a:blob=x").text()).contains("unknown type 'blob'");
		assertThat(start("nobody", "").status()).isEqualTo(404);
		assertThat(operator.get("/executions/999999").status()).isEqualTo(404);
		assertThat(operator.get("/executions/999999").text()).contains("may have been pruned");
		assertThat(viewer.post("/executions", Map.of("job", "nightly")).status()).isEqualTo(403);
		assertThat(viewer.post("/executions/1/restart", Map.of()).status()).isEqualTo(403);
	}

	@Test
	void listIsPagedAndAFilterSaysWhatItSearched() {
		jdbc.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (-1000, 0, 'rare', '0123456789abcdef')");
		jdbc.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (-1001, 0, 'frequent', '0123456789abcdef')");
		List<Object[]> rows = IntStream.range(0, JobExecutions.MOST_SEARCHED + 100)
			.mapToObj((number) -> new Object[] { -100_000 - number,
					(number >= JobExecutions.MOST_SEARCHED) ? -1000 : -1001 })
			.toList();
		jdbc.batchUpdate(
				"INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS) "
						+ "VALUES (?, 0, ?, CURRENT_TIMESTAMP, 'COMPLETED')",
				rows);

		Page all = viewer.get("/executions?before=-99999");
		Page none = viewer.get("/executions?before=-99999&job=rare&status=COMPLETED");
		Page older = viewer.get(next(none));
		Page last = viewer.get(next(older));

		assertThat(all.text()).contains("-100000 frequent", "-100049 frequent", "Older").doesNotContain("-100050");
		assertThat(none.text()).contains("None of the executions that were searched matches",
				"from number -109999 on were searched", "Search older ones");
		assertThat(older.text()).contains("-110000 rare", "-110049 rare", "Older");
		assertThat(last.text()).contains("-110050 rare", "-110099 rare", "Newest").doesNotContain("Older", "Search");
		assertThat(viewer.get("/executions?before=-99999&status=FAILED").text()).contains("Search older ones");
		jdbc.update("DELETE FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID <= -100000");
	}

	private static int run(Page page) {
		return Integer.parseInt(page.text().replaceAll(".*run.id (\\d+) Long.*", "$1"));
	}

	private static String next(Page page) {
		return page.html().replaceAll("(?s).*rel=\"next\" href=\"([^\"]*)\".*", "$1").replace("&amp;", "&");
	}

	private static Page start(String job, String parameters) {
		return operator.post("/executions", Map.of("job", job, "parameters", parameters));
	}

	/** Returns the page of an execution when it has ended. */
	private static Page ended(Page page) {
		assertThat(page.status()).as(page.text()).isEqualTo(200);
		long id = id(page);
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!List.of("COMPLETED", "FAILED", "STOPPED")
			.contains(console.bean(JobExecutions.class).find(id).status())) {
			assertThat(System.nanoTime()).as("Execution %d has not ended", id).isLessThan(end);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
		return operator.get(page.uri().getPath());
	}

	private static long id(Page page) {
		String path = page.uri().getPath();
		return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
	}

	private static AuditEntry lastAction(String action) {
		return console.bean(AuditLog.class)
			.newest(Long.MAX_VALUE, 100)
			.stream()
			.filter((entry) -> entry.action().equals(action))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Jobs that are not Links. Without an annotation, other applications with a console
	 * do not find them.
	 */
	static class Jobs {

		static final CountDownLatch waits = new CountDownLatch(1);

		static final CountDownLatch go = new CountDownLatch(1);

		@Bean
		Job nightly(JobRepository repository) {
			return new JobBuilder("nightly", repository)
				.start(new StepBuilder("work", repository).tasklet((step, chunk) -> {
					if (failing.get()) {
						throw new IllegalStateException("the disk is full");
					}
					chunk.getStepContext()
						.getStepExecution()
						.getJobExecution()
						.getExecutionContext()
						.putString("done", "yes");
					chunk.getStepContext()
						.getStepExecution()
						.getJobExecution()
						.getExecutionContext()
						.putString("password", "s3cret");
					return RepeatStatus.FINISHED;
				}).build())
				.build();
		}

		@Bean
		Job waiting(JobRepository repository) {
			return new JobBuilder("waiting", repository)
				.start(new StepBuilder("wait", repository).tasklet((step, chunk) -> {
					waits.countDown();
					go.await();
					return RepeatStatus.CONTINUABLE;
				}).build())
				.build();
		}

		@Bean
		Job counting(JobRepository repository) {
			return new JobBuilder("counting", repository).incrementer(new RunIdIncrementer())
				.start(new StepBuilder("count", repository).tasklet((step, chunk) -> RepeatStatus.FINISHED).build())
				.build();
		}

	}

}
