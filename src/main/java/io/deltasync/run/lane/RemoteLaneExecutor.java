package io.deltasync.run.lane;

import java.util.Collection;
import java.util.Set;

import io.deltasync.run.ActiveRun;
import org.springframework.batch.core.step.StepExecution;

/**
 * Runs lanes in other processes.
 */
public interface RemoteLaneExecutor {

	/**
	 * Runs lanes. Returns when none of them stores anything any longer, whatever their
	 * outcome.
	 * @param run the run
	 * @param manager the step whose partitions the lanes are
	 * @param lanes the lanes
	 * @return the lanes with their final state
	 * @throws Exception if this process cannot determine their state
	 */
	Collection<StepExecution> carryOut(ActiveRun run, StepExecution manager, Set<StepExecution> lanes) throws Exception;

}
