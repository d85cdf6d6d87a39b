package io.deltasync.cli.process;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.config.ExitCode;
import io.deltasync.event.Outcome;
import io.deltasync.event.RunParameters;
import io.deltasync.link.Links;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.batch.autoconfigure.JobExecutionEvent;
import org.springframework.boot.batch.autoconfigure.JobExecutionExitCodeGenerator;
import org.springframework.context.ApplicationListener;

/**
 * Collects the outcomes of jobs that Spring Boot started. Jobs of Links end the process
 * with the exit codes of the command line, other jobs with those of Spring Boot.
 */
public class LinkJobOutcomes implements ApplicationListener<JobExecutionEvent>, ExitCodeGenerator {

	private static final Logger logger = LoggerFactory.getLogger(LinkJobOutcomes.class);

	private final Links links;

	private final JobExecutionExitCodeGenerator others = new JobExecutionExitCodeGenerator();

	private final List<JobExecution> executions = new ArrayList<>();

	/**
	 * Creates the generator of the exit code.
	 * @param links the Links, whose jobs have the exit codes of the command line
	 */
	public LinkJobOutcomes(Links links) {
		this.links = links;
	}

	@Override
	public void onApplicationEvent(JobExecutionEvent event) {
		JobExecution execution = event.getJobExecution();
		String job = execution.getJobInstance().getJobName();
		if (!this.links.names().contains(job)) {
			this.others.onApplicationEvent(event);
			return;
		}
		this.executions.add(execution);
		ExitStatus status = execution.getExitStatus();
		boolean testing = Boolean.parseBoolean(execution.getJobParameters().getString(RunParameters.TESTING));
		logger.info("Link '{}': event {} ended: {}{}{}", job, execution.getJobInstanceId(),
				Outcome.words(status.getExitCode()), testing ? " (testing)" : "",
				status.getExitDescription().isEmpty() ? "" : ": " + status.getExitDescription());
	}

	@Override
	public int getExitCode() {
		return this.executions.stream()
			.map(LinkJobOutcomes::exitCode)
			.filter((code) -> code != ExitCode.SUCCESS)
			.findFirst()
			.map(ExitCode::value)
			.orElseGet(this.others::getExitCode);
	}

	private static ExitCode exitCode(JobExecution execution) {
		try {
			return ExitCodes.of(Outcome.valueOf(execution.getExitStatus().getExitCode()));
		}
		catch (IllegalArgumentException ex) {
			// no verdict, because Spring Batch could not continue
			return ExitCode.ABORTED;
		}
	}

}
