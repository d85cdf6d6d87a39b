package io.deltasync.run;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/**
 * Remembers which ends of jobs and steps are stored. Spring Batch stores each end twice,
 * before and after listeners that might change it, and most of them do not. Thread-safe.
 */
public final class StoredEnds {

	private final Map<Object, End> ends = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Stores a step unless its end is stored already.
	 * @param step the step
	 * @param store stores it
	 */
	public void store(StepExecution step, Runnable store) {
		store(step, (step.getEndTime() != null) ? new End(step.getStatus(), step.getExitStatus()) : null, store);
	}

	/**
	 * Stores a job unless its end is stored already.
	 * @param job the job
	 * @param store stores it
	 */
	public void store(JobExecution job, Runnable store) {
		store(job, (job.getEndTime() != null) ? new End(job.getStatus(), job.getExitStatus()) : null, store);
	}

	private void store(Object execution, @Nullable End end, Runnable store) {
		if (end != null && end.equals(this.ends.get(execution))) {
			return;
		}
		store.run();
		if (end != null) {
			this.ends.put(execution, end);
		}
	}

	private record End(BatchStatus status, ExitStatus exitStatus) {

	}

}
