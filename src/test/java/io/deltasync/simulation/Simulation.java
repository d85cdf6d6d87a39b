package io.deltasync.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.testing.TestDatabase;

/**
 * Lives histories, one after the other, in the same two processes.
 */
final class Simulation implements AutoCloseable {

	private final World world = new World();

	private final ApiServer apis = new ApiServer(this.world);

	private final List<SimulatedProcess> processes = new ArrayList<>();

	private final TestDatabase database;

	private final String schema;

	Simulation(TestDatabase database) {
		this.database = database;
		this.schema = database.createSchema();
		List<String> repository = new ArrayList<>(
				List.of("spring.datasource.url=" + database.url(this.schema), "spring.datasource.password="));
		if (database.username() != null) {
			repository.add("spring.datasource.username=" + database.username());
		}
		this.processes.add(new SimulatedProcess("A", this.world, this.apis.url(), repository));
		this.processes.add(new SimulatedProcess("B", this.world, this.apis.url(), repository));
	}

	/**
	 * Lives the history of a seed.
	 * @throws Violation when a check does not hold; its message tells the history
	 */
	void live(long seed) {
		this.world.journal().begin();
		History history = new History(seed, this.world, this.processes);
		try {
			history.live();
		}
		catch (Violation violation) {
			Violation described = new Violation(violation.check(),
					"%s%nThe history of -Ddeltasync.simulation.seed=%d:%n%s".formatted(violation.found(), seed,
							this.world.journal()));
			described.initCause(violation);
			throw described;
		}
		catch (RuntimeException | Error ex) {
			throw new IllegalStateException(
					"In the history of -Ddeltasync.simulation.seed=%d:%n%s".formatted(seed, this.world.journal()), ex);
		}
	}

	/** How often what came of the starts in all histories. */
	Map<String, Integer> tally() {
		return this.world.journal().tally();
	}

	@Override
	public void close() {
		this.world.begin(Map.of());
		this.processes.forEach(SimulatedProcess::close);
		this.apis.close();
		this.database.dropSchema(this.schema);
	}

}
