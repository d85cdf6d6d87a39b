package io.deltasync.simulation;

import java.util.concurrent.TimeUnit;

import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/**
 * Whatever happens, nothing is lost. An ordinary build lives the first histories;
 * {@code -Ddeltasync.simulation.histories=10000} as many, others each time,
 * {@code -Ddeltasync.simulation.seed=N} the one that failed, both those from it on, and
 * {@code -Ddeltasync.simulation.step=10} each tenth: from 5 on, those that read HTTP
 * APIs.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
class SimulationIT {

	@Parameter
	private TestDatabase database;

	@Test
	void nothingIsLostInAnyHistory() {
		Long seed = Long.getLong("deltasync.simulation.seed");
		Integer asked = Integer.getInteger("deltasync.simulation.histories");
		int count = (asked != null) ? asked : (seed != null) ? 1 : (this.database == TestDatabase.H2) ? 300 : 20;
		long first = (seed != null) ? seed : (asked != null) ? System.nanoTime() : 1;
		int step = Integer.getInteger("deltasync.simulation.step", 1);
		long begun = System.nanoTime();
		try (Simulation simulation = new Simulation(this.database)) {
			for (int i = 0; i < count; i++) {
				simulation.live(first + (long) i * step);
			}
			System.out.printf("%d histories on %s in %d s, seeds from %d: %s%n", count, this.database,
					TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun), first, simulation.tally());
		}
	}

}
