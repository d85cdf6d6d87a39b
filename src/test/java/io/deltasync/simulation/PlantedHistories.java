package io.deltasync.simulation;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Lives histories with each planted bug, until it is caught, and at last all of them with
 * none. A program of its own: what a bug leaves behind goes with it.
 */
public final class PlantedHistories {

	private PlantedHistories() {
	}

	/**
	 * Prints a line for each bug and exits with the number of those not caught.
	 * @param arguments a directory; the maximum number of histories; the seed to begin
	 * with, or null for that of each bug; words that the name of a bug must contain, if
	 * not all are planted
	 */
	public static void main(String[] arguments) throws Exception {
		Planter planter = new Planter(Path.of(arguments[0]));
		int most = Integer.parseInt(arguments[1]);
		Set<Long> lived = new TreeSet<>();
		int missed = 0;
		for (PlantedBug bug : PlantedBug.all()) {
			if (arguments.length > 3 && !bug.name().contains(arguments[3])) {
				continue;
			}
			long[] seeds = bug.seeds(arguments[2].equals("null") ? null : Long.valueOf(arguments[2]), most);
			@Nullable String[] caught = live(bug, planter, seeds);
			LongStream.of(seeds).limit(Integer.parseInt(caught[0])).forEach(lived::add);
			missed += (caught[1] != null) ? 0 : 1;
		}
		PlantedBug none = new PlantedBug("none", 0, List.of());
		@Nullable String[] found = live(none, planter, lived.stream().mapToLong(Long::longValue).toArray());
		if (found[1] != null) {
			System.out.println(found[2]);
		}
		System.exit((found[1] != null) ? 100 : missed);
	}

	private static @Nullable String[] live(PlantedBug bug, Planter planter, long[] seeds) throws Exception {
		long begun = System.nanoTime();
		ClassLoader classes = planter.plant(bug);
		Thread.currentThread().setContextClassLoader(classes);
		try {
			@Nullable String[] caught = (String[]) classes.loadClass(Histories.class.getName())
				.getMethod("live", long[].class)
				.invoke(null, seeds);
			System.out.printf("| %s | %s | %s | %.1f s |%n", bug.name(), (caught[1] != null) ? caught[1] : "nothing",
					caught[0], (System.nanoTime() - begun) / 1e9);
			return caught;
		}
		finally {
			Thread.currentThread().setContextClassLoader(PlantedHistories.class.getClassLoader());
		}
	}

	/** What runs in the class loader of a bug. */
	public static final class Histories {

		private Histories() {
		}

		/**
		 * Lives histories until a check does not hold.
		 * @return after how many, by which check or null, and what it found
		 */
		public static @Nullable String[] live(long[] seeds) {
			try (Simulation simulation = new Simulation(TestDatabase.H2)) {
				for (int i = 0; i < seeds.length; i++) {
					try {
						simulation.live(seeds[i]);
					}
					catch (Violation violation) {
						return new String[] { String.valueOf(i + 1), violation.check(), violation.found() };
					}
				}
				return new @Nullable String[] { String.valueOf(seeds.length), null, null };
			}
		}

	}

}
