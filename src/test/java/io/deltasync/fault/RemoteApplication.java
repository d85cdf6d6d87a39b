package io.deltasync.fault;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.api.TargetAdapter;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A process that runs a Link once, or works for those that do. Its target counts each
 * delivery of a record.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RemoteApplication {

	/** How many records a batch has. */
	static final int BATCH = 40;

	/** How many lanes a run has. */
	static final int LANES = 4;

	static final int SCOPES = 160;

	static final int RECORDS = SCOPES * Scenario.SCOPE;

	private static final long SLOW_SCOPE_NANOS = 50_000_000;

	/** Carries out a command of the command line. */
	public static void main(String[] arguments) {
		ConfigurableApplicationContext application = start(arguments);
		System.exit(application.isClosed() ? 0 : SpringApplication.exit(application));
	}

	static ConfigurableApplicationContext start(String... arguments) {
		String link = "deltasync.links.people.";
		return new SpringApplicationBuilder(RemoteApplication.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=WARN", "logging.level.io.deltasync=INFO",
					"logging.level.org.springframework.batch=OFF", "logging.level.org.springframework.jms=OFF",
					"deltasync.lease=5s", "deltasync.remote.concurrency=2", "deltasync.remote.timeout=60s",
					link + "lanes=" + LANES, link + "batch-size-limit=" + BATCH, link + "source.adapter=slowSource",
					link + "source.table=person", link + "target.adapter=countingTarget", link + "target.table=contact")
			.run(arguments);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	SlowSource slowSource(Environment environment) {
		return new SlowSource(environment.getProperty("fault.cumulative", Boolean.class, false));
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	CountingTarget countingTarget(JdbcTemplate jdbc) {
		return new CountingTarget(jdbc);
	}

	/**
	 * Fetches scopes slowly; they are planned at once, or while the first are fetched.
	 */
	static final class SlowSource implements DelayedPlanningAdapter, SourceAdapterScopeSerializer {

		private static final int PAGE = SCOPES / 4;

		private final boolean cumulative;

		SlowSource(boolean cumulative) {
			this.cumulative = cumulative;
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return this.cumulative ? page(0) : FetchStrategy.scopes(texts(0, SCOPES));
		}

		@Override
		public FetchStrategy planFetchAgain(LinkContext context, Object scope) {
			LockSupport.parkNanos(10 * SLOW_SCOPE_NANOS);
			return page(Integer.parseInt((String) scope));
		}

		private static FetchStrategy page(int from) {
			int next = from + PAGE;
			return FetchStrategy.cumulativeScopes(texts(from, next), null,
					(next < SCOPES) ? String.valueOf(next) : null);
		}

		private static List<String> texts(int from, int to) {
			return IntStream.range(from, to).mapToObj(String::valueOf).toList();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
			LockSupport.parkNanos(SLOW_SCOPE_NANOS);
			int from = Integer.parseInt((String) scope) * Scenario.SCOPE;
			return KilledAdapters.records(from, from + Scenario.SCOPE);
		}

		@Override
		public String serializeScope(Object scope) {
			return (String) scope;
		}

		@Override
		public Object deserializeScope(String text) {
			return text;
		}

	}

	/** Counts each delivery of a record, durably. */
	static final class CountingTarget implements TargetAdapter {

		private final JdbcTemplate jdbc;

		CountingTarget(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return BATCH;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) {
			String rows = String.join(", ", Collections.nCopies(records.size(), "(?, 1)"));
			this.jdbc.update(
					"INSERT INTO DELIVERED (ID, TIMES) VALUES " + rows + " ON DUPLICATE KEY UPDATE TIMES = TIMES + 1",
					records.stream().map((record) -> record.get("id")).toArray());
		}

	}

}
