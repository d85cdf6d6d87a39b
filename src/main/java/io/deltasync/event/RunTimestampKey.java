package io.deltasync.event;

import java.util.Set;

import org.springframework.batch.core.job.DefaultJobKeyGenerator;
import org.springframework.batch.core.job.JobKeyGenerator;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.job.parameters.JobParameters;

/**
 * Uses the run timestamp itself as the key of a run's job instance, where Spring Batch
 * would store a hash of it. The unique index on job name and key, which exists anyway,
 * then finds the newest run of a Link and lists its runs in order, whatever the length of
 * its history. Other jobs keep their hash.
 */
public class RunTimestampKey implements JobKeyGenerator {

	private final JobKeyGenerator others = new DefaultJobKeyGenerator();

	@Override
	public String generateKey(JobParameters parameters) {
		Set<JobParameter<?>> identifying = parameters.getIdentifyingParameters();
		if (identifying.size() == 1) {
			JobParameter<?> only = identifying.iterator().next();
			if (only.name().equals(RunParameters.RUN_TIMESTAMP)) {
				return String.valueOf(only.value());
			}
		}
		return this.others.generateKey(parameters);
	}

}
