package io.deltasync.run.lane;

import java.util.Collection;
import java.util.Set;

import io.deltasync.run.LiveRun;
import org.springframework.batch.core.step.StepExecution;

/**
 * Other processes, that carry lanes out.
 */
public interface LaneWorkers {

	/**
	 * Has lanes carried out. Returns when none of them stores anything any more, whatever
	 * has become of them.
	 * @param run the run
	 * @param manager the step that they are the partitions of
	 * @param lanes the lanes
	 * @return the lanes as they ended
	 * @throws Exception when this process cannot tell
	 */
	Collection<StepExecution> carryOut(LiveRun run, StepExecution manager, Set<StepExecution> lanes) throws Exception;

}
