package io.deltasync.benchmark;

/**
 * One program in one round.
 *
 * @param process what the whole process cost
 * @param run what the program says of itself
 */
record ScopeMeasurement(ChildProcess process, ScopeRun run) {

	double wall() {
		return this.process.wall().toMillis() / 1e3;
	}

	double cpu() {
		return this.process.cpu().toMillis() / 1e3;
	}

	double time() {
		return this.run.time().toNanos() / 1e9;
	}

	double fetching() {
		return this.run.fetching().toMillis() / 1e3;
	}

	double peakMemory() {
		return this.process.peakMemory() / 1024.0;
	}

}
