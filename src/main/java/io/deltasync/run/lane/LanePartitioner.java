package io.deltasync.run.lane;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Splits the fetching into lanes, and adds one more partition that loops through the
 * planning (CUMULATIVE_SCOPES). Whether planning is still to go on is read from the
 * stored plan, by that partition itself.
 */
public class LanePartitioner implements Partitioner {

	/** The partition that plans. */
	static final String PLANNER = "planner";

	@Override
	public Map<String, ExecutionContext> partition(int lanes) {
		Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
		partitions.put(PLANNER, new ExecutionContext());
		for (int lane = 0; lane < lanes; lane++) {
			partitions.put(String.valueOf(lane), new ExecutionContext());
		}
		return partitions;
	}

}
