package com.example.shop;

import java.util.ArrayList;
import java.util.List;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Somebody's web application with a Batch job, tables and migrations of its own, and with
 * beans of everyday names. It has DeltaSync as a library.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class ShopApplication {

	/**
	 * What the application's own job has imported.
	 *
	 * @param files the names of the files
	 */
	public record Imported(List<String> files) {

	}

	@Bean
	Imported imported() {
		return new Imported(new ArrayList<>());
	}

	@Bean
	Job importJob(JobRepository repository, PlatformTransactionManager transactions, Imported imported,
			ApplicationArguments arguments) {
		return new JobBuilder("importJob", repository)
			.start(new StepBuilder("import", repository).tasklet((contribution, context) -> {
				imported.files().addAll(arguments.getNonOptionArgs());
				return RepeatStatus.FINISHED;
			}, transactions).build())
			.build();
	}

	/** Injected by its type, as in an application without DeltaSync. */
	@Bean
	String nameOfTheOnlyJob(Job job) {
		return job.getName();
	}

	@Bean
	List<String> connections() {
		return List.of();
	}

	@Bean
	List<String> links() {
		return List.of();
	}

	@Bean
	List<String> databaseClock() {
		return List.of();
	}

	@Bean
	List<String> leases() {
		return List.of();
	}

	@Bean
	List<String> replayWaits() {
		return List.of();
	}

	@Bean
	List<String> slots() {
		return List.of();
	}

	@Bean
	List<String> stores() {
		return List.of();
	}

	@Bean
	List<String> syncEvents() {
		return List.of();
	}

	@Bean
	List<String> prune() {
		return List.of();
	}

	@Bean
	List<String> activeRuns() {
		return List.of();
	}

	@Bean
	List<String> linkJobs() {
		return List.of();
	}

	@Bean
	List<String> jdbcSource() {
		return List.of();
	}

	@Bean
	List<String> jdbcTarget() {
		return List.of();
	}

	@Bean
	List<String> jdbcTables() {
		return List.of();
	}

}
