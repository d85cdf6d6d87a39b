package io.deltasync.console.browser;

import java.util.concurrent.CountDownLatch;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;

/**
 * Jobs of an application that are not Links. Without an annotation, other applications
 * with a console do not find them.
 */
class ForeignJobs {

	/** Fails, each time. */
	static final String FAILING = "nightly";

	/** Runs until it is stopped and {@link #go} is open. */
	static final String ENDLESS = "endless";

	static final CountDownLatch go = new CountDownLatch(1);

	@Bean
	Job nightly(JobRepository repository) {
		return job(FAILING, repository, (step, chunk) -> {
			throw new IllegalStateException("the disk " + "/a/very/long/path".repeat(20) + " is full");
		});
	}

	@Bean
	Job endless(JobRepository repository) {
		return job(ENDLESS, repository, (step, chunk) -> {
			go.await();
			return RepeatStatus.CONTINUABLE;
		});
	}

	private static Job job(String name, JobRepository repository, Tasklet tasklet) {
		Step step = new StepBuilder("work", repository).tasklet(tasklet).build();
		return new JobBuilder(name, repository).start(step).build();
	}

}
