package io.deltasync.run;

import java.util.function.Function;

import io.deltasync.event.Outcome;
import io.deltasync.event.RunParameters;
import io.deltasync.event.RunSummary;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what happens to runs as {@link RunEvent}s. Never throws: a listener of the
 * application has no influence on a run. Thread-safe.
 */
public final class RunEventPublisher {

	private static final Logger logger = LoggerFactory.getLogger(RunEventPublisher.class);

	private final ApplicationEventPublisher publisher;

	public RunEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * Publishes {@link RunEvent.Started}.
	 * @param execution the attempt, which is stored
	 */
	public void started(JobExecution execution) {
		publish(execution, (parameters) -> new RunEvent.Started(link(execution), execution.getJobInstanceId(),
				execution.getId(), parameters.mode(), parameters.testing(), parameters.runTimestamp()));
	}

	/**
	 * Publishes {@link RunEvent.Ended} and, if the run was neither successful nor
	 * stopped, {@link RunEvent.Failed}.
	 * @param execution the attempt, whose end is stored
	 * @param outcome how it ended
	 */
	public void ended(JobExecution execution, Outcome outcome) {
		String message = execution.getExitStatus().getExitDescription();
		publish(execution,
				(parameters) -> new RunEvent.Ended(link(execution), execution.getJobInstanceId(), execution.getId(),
						parameters.mode(), parameters.testing(), parameters.runTimestamp(), outcome, message,
						records(execution), scopes(execution)));
		if (outcome != Outcome.COMPLETED && outcome != Outcome.STOPPED) {
			publish(execution,
					(parameters) -> new RunEvent.Failed(link(execution), execution.getJobInstanceId(),
							execution.getId(), parameters.mode(), parameters.testing(), parameters.runTimestamp(),
							outcome, message, records(execution), scopes(execution)));
		}
	}

	/**
	 * Publishes {@link RunEvent.Recovered}.
	 * @param execution the attempt, which is stored as crashed
	 */
	public void recovered(JobExecution execution) {
		publish(execution,
				(parameters) -> new RunEvent.Recovered(link(execution), execution.getJobInstanceId(), execution.getId(),
						parameters.mode(), parameters.testing(), parameters.runTimestamp(), records(execution),
						scopes(execution)));
	}

	private void publish(JobExecution execution, Function<RunParameters, RunEvent> event) {
		try {
			this.publisher.publishEvent(event.apply(RunParameters.of(execution.getJobParameters())));
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Link '{}': a listener of this application failed; event {} is not affected", link(execution),
					execution.getJobInstanceId(), ex);
		}
	}

	private static String link(JobExecution execution) {
		return execution.getJobInstance().getJobName();
	}

	private static RecordCounts records(JobExecution execution) {
		RunSummary summary = summary(execution);
		return (summary != null) ? summary.records() : RecordCounts.NONE;
	}

	private static ScopeCounts scopes(JobExecution execution) {
		RunSummary summary = summary(execution);
		return (summary != null) ? summary.scopes() : new ScopeCounts(0, 0, 0);
	}

	/** Missing if a person set the window, or if the run ended before its verdict. */
	private static @Nullable RunSummary summary(JobExecution execution) {
		String json = execution.getExecutionContext().getString(RunSummary.KEY, "");
		return json.isEmpty() ? null : RunSummary.fromJson(json);
	}

}
