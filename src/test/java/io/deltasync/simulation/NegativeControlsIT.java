package io.deltasync.simulation;

import java.nio.file.Path;
import java.util.List;

import io.deltasync.fault.Child;
import io.deltasync.fault.SharedClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation finds bugs: each of those that are planted, while it finds none in the
 * product as it is by the same histories. A bug whose place in the code has changed fails
 * the test, too. An ordinary build begins with histories that are known to find a bug;
 * {@code -Ddeltasync.simulation.seed=1} begins with that one for each of them.
 */
class NegativeControlsIT {

	private static final int MOST_HISTORIES = 1200;

	private static final long LONGEST_SECONDS = 1800;

	@TempDir
	Path directory;

	@Test
	void everyPlantedBugIsCaught() {
		Child child = Child.start(this.directory.resolve("output"), SharedClasses.unshared(), PlantedHistories.class,
				List.of(this.directory.toString(), String.valueOf(MOST_HISTORIES),
						String.valueOf(Long.getLong("deltasync.simulation.seed"))));
		int exit = child.await(LONGEST_SECONDS);
		System.out.println("| planted bug | caught by the check | after histories | in |");
		System.out.println(child.printed());
		assertThat(exit).as(child.printed()).isZero();
		assertThat(child.printed().lines().filter((line) -> line.startsWith("| ")))
			.hasSize(PlantedBug.all().size() + 1);
	}

}
