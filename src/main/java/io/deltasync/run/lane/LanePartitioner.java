package io.deltasync.run.lane;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Splits the fetching into lanes, and adds one more partition that repeats the planning
 * calls (CUMULATIVE_SCOPES). That partition reads from the stored plan whether planning
 * must continue.
 */
public class LanePartitioner implements Partitioner {

	/** The name of the partition that plans. */
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
