package io.deltasync.benchmark;

/**
 * One program in one round.
 *
 * @param process what the whole process cost
 * @param copied what the program says of itself
 * @param reads what the server did for it
 * @param rowsNotEqual in how many rows source and target differ afterwards
 */
record Measurement(ChildProcess process, Copied copied, SourceReads reads, long rowsNotEqual) {

	double wall() {
		return this.process.wall().toMillis() / 1000.0;
	}

	double copy() {
		return this.copied.time().toMillis() / 1000.0;
	}

	double cpu() {
		return this.process.cpu().toMillis() / 1000.0;
	}

	double serverCpu() {
		return this.reads.cpu().toMillis() / 1000.0;
	}

	double peakMemory() {
		return this.process.peakMemory() / 1024.0;
	}

}
