package io.deltasync.simulation;

import java.util.SplittableRandom;

/**
 * What happens in the middle of a run.
 *
 * @param point at which point of the fetching
 * @param what what happens
 * @param seed what its chances are drawn from
 */
record Interruption(int point, What what, long seed) {

	enum What {

		/** Writers continue. */
		WRITERS,

		/** Time advances, and writers continue. */
		TIME,

		/** The run is asked to stop. */
		STOP,

		/** The other process starts a run of the same Link. */
		RIVAL,

		/** The process dies. */
		DEATH;

		/** Whether the run ends early. */
		boolean ends() {
			return this == STOP || this == DEATH;
		}

	}

	static Interruption any(SplittableRandom random) {
		What what = switch (random.nextInt(12)) {
			case 0, 1, 2, 3, 4 -> What.WRITERS;
			case 5, 6, 7 -> What.TIME;
			case 8 -> What.STOP;
			case 9 -> What.RIVAL;
			default -> What.DEATH;
		};
		return new Interruption(random.nextInt(1, 20), what, random.nextLong());
	}

	@Override
	public String toString() {
		return this.what + "@" + this.point;
	}

}
