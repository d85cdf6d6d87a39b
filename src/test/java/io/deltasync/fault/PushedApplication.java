package io.deltasync.fault;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import io.deltasync.console.PushRequests;
import io.deltasync.inbox.Inbox;
import io.deltasync.inbox.InboxLimits;
import io.deltasync.inbox.PushedBody;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.Links;
import io.deltasync.run.RunTransactions;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Accepts requests, says so for each, and delivers them, until it is killed.
 */
final class PushedApplication {

	static final String LINK = "people";

	/** How many requests there are. */
	static final int REQUESTS = 6;

	/** How many records each of them has. */
	static final int RECORDS = 10;

	/** The record that the target refuses at first. */
	static final int REFUSED = 14;

	private PushedApplication() {
	}

	public static void main(String[] arguments) throws Exception {
		try (ConfigurableApplicationContext application = KilledApplication.start(arguments)) {
			accept(application, 1, REQUESTS / 2);
			run(application);
			accept(application, REQUESTS / 2 + 1, REQUESTS);
			run(application);
			System.out.println("points=" + application.getBean(KillPoints.class).passed());
		}
	}

	/** Acknowledges each request as the REST API does: when it is stored. */
	static void accept(ConfigurableApplicationContext application, int from, int to) {
		JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
		DatabaseClock clock = application.getBean(DatabaseClock.class);
		PushRequests requests = new PushRequests(application.getBean(Inbox.class), new InboxLimits(100, 1_000_000),
				new Pauses(jdbc, application.getBean(RepositoryDatabase.class).product()),
				application.getBean(RunTransactions.class).template(), clock);
		for (int i = from; i <= to; i++) {
			StringBuilder rows = new StringBuilder();
			int first = (i - 1) * RECORDS;
			IntStream.range(first, first + RECORDS).forEach((id) -> rows.append("{\"id\":%d}%n".formatted(id)));
			requests.accept(application.getBean(Links.class).get(LINK), "key " + i,
					new PushedBody("application/x-ndjson", rows.toString().getBytes(StandardCharsets.UTF_8)));
			System.out.println("accepted " + i + ".");
		}
	}

	static void run(ConfigurableApplicationContext application) throws Exception {
		application.getBean(JobOperator.class).start(application.getBean(Job.class), new JobParameters());
	}

}
