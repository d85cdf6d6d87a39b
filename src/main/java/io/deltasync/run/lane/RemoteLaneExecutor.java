package io.deltasync.run.lane;

import java.util.Collection;
import java.util.Set;

import io.deltasync.run.ActiveRun;
import org.springframework.batch.core.step.StepExecution;

/**
 * Other processes, that carry lanes out.
 */
public interface RemoteLaneExecutor {

	/**
	 * Has lanes carried out. Returns when none of them stores anything any more, whatever
	 * has become of them.
	 * @param run the run
	 * @param manager the step that they are the partitions of
	 * @param lanes the lanes
	 * @return the lanes as they ended
	 * @throws Exception when this process cannot tell
	 */
	Collection<StepExecution> carryOut(ActiveRun run, StepExecution manager, Set<StepExecution> lanes) throws Exception;

}
