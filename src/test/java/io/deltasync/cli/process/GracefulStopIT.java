package io.deltasync.cli.process;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.TargetAdapter;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is told to end while it carries out runs.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GracefulStopIT {

	private static final List<String> LINKS = List.of("one", "two");

	@Test
	void allRunsStopEvenIfTheDatabaseIsUnavailable() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(LINKS.size());
		try (ConfigurableApplicationContext application = start()) {
			JobOperator operator = application.getBean(JobOperator.class);
			JobRegistry jobs = application.getBean(JobRegistry.class);
			LINKS.forEach((link) -> threads.submit(() -> operator.start(jobs.getJob(link), new JobParameters())));
			assertThat(application.getBean(CountDownLatch.class).await(1, TimeUnit.MINUTES)).isTrue();
			application.getBean(JdbcTemplate.class)
				.execute("ALTER TABLE SYNC_LEASE ADD CONSTRAINT NOT_TOLD CHECK (NOT STOP_REQUESTED)");

			application.getBean(GracefulStop.class).stop();

			SyncEvents events = application.getBean(SyncEvents.class);
			assertThat(LINKS)
				.allSatisfy((link) -> assertThat(events.newest(link).orElseThrow().status()).isEqualTo(Status.STOPPED));
		}
		finally {
			threads.shutdown();
		}
	}

	private static ConfigurableApplicationContext start() {
		String url = TestDatabase.H2.url(TestDatabase.H2.createSchema());
		SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.datasource.url=" + url, "logging.level.root=ERROR", "spring.main.banner-mode=off");
		for (String link : LINKS) {
			String prefix = "deltasync.links." + link;
			builder.properties(prefix + ".batch-size-limit=10", prefix + ".source.adapter=counting",
					prefix + ".source.table=numbers", prefix + ".target.adapter=swallowing",
					prefix + ".target.table=nowhere");
		}
		return builder.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		CountDownLatch begun() {
			return new CountDownLatch(LINKS.size());
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Counting counting(CountDownLatch begun) {
			return new Counting(begun);
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Swallowing swallowing() {
			return new Swallowing();
		}

	}

	/** Counts for as long as it is let. */
	record Counting(CountDownLatch begun) implements SourceAdapterForPull {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.immediate();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
			this.begun.countDown();
			return () -> IntStream.range(0, Integer.MAX_VALUE)
				.mapToObj((id) -> new RecordInFlight(Map.of("id", id)))
				.iterator();
		}

	}

	static class Swallowing implements TargetAdapter {

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return 1000;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) {
		}

	}

}
