package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program that stays, and copies what has changed again and again.
 */
interface ResidentContender {

	String name();

	/** What fills the target before, in a process of its own. */
	Contender loader();

	/**
	 * Starts it, and waits until it is ready.
	 * @param directory where the loader ran
	 * @param timeout for the start, and for each delta
	 */
	Resident start(Path directory, Duration timeout) throws IOException, InterruptedException;

	/** A program that is running. */
	interface Resident extends AutoCloseable {

		/**
		 * Has what was changed copied, and waits until that has been done.
		 * @param since the source's clock before the change
		 * @return what it took
		 * @throws IOException when it fails, or takes too long
		 */
		Delta copy(String since) throws IOException, InterruptedException;

		@Override
		void close() throws InterruptedException;

	}

	/**
	 * One delta.
	 *
	 * @param cost the time from when it was due to its end, and what the whole process
	 * used meanwhile
	 * @param copied what the program says of it
	 */
	record Delta(ChildProcess cost, Copied copied) {

	}

}
